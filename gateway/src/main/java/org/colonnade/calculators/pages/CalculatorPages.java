package org.colonnade.calculators.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.colonnade.calculators.description.Answer;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.calculators.description.Values;
import org.colonnade.calculators.http.Catalogue;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;
import org.colonnade.web.Column;
import org.colonnade.web.Form;
import org.colonnade.web.Numbers;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One page for each calculator that describes itself, and its files. */
@Controller
@RequestMapping("/calculators")
class CalculatorPages {

    private final Catalogue catalogue;
    private final Column column;

    CalculatorPages(Catalogue catalogue, @Qualifier("calculators") Column column) {
        this.catalogue = catalogue;
        this.column = column;
    }

    /** One line of a result: label, number, unit. */
    record Line(String label, String value, String unit) {}

    @GetMapping
    String list(Model model) {
        model.addAttribute("entries", column.entries());
        return "calculators/list";
    }

    @GetMapping("/{name}")
    String page(@PathVariable String name, HttpServletRequest request, Model model) {
        var calculator = catalogue.get(name);
        var typed = new CalculatorForm(calculator, request.getParameterMap());
        var form = typed.form();
        model.addAttribute("calculator", calculator);
        model.addAttribute("form", form);
        if (form.isValid()) {
            addPoint(calculator, typed, model);
        }
        if (form.isValid()) {
            addPlot(calculator, typed, model);
        }
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        model.addAttribute(
                "export", "/calculators/" + name + "/export?" + (query.isEmpty() ? "" : query + "&") + "format=");
        model.addAttribute("query", query);
        model.addAttribute("options", Map.of());
        model.addAttribute("now", typed.now());
        model.addAttribute("tabs", typed.tabs(request.getParameterMap()));
        return "calculators/calculator";
    }

    private static void addPoint(Calculator calculator, CalculatorForm typed, Model model) {
        try {
            var values = new Values(calculator.inputs(), typed.point());
            var answer = calculator.compute(values);
            var lines = lines(calculator, answer);
            model.addAttribute("main", lines.getFirst());
            model.addAttribute("lines", lines.subList(1, lines.size()));
            model.addAttribute("answer", answer);
            model.addAttribute(
                    "citation",
                    answer.references().stream().map(Reference::text).collect(Collectors.joining(" ")));
            model.addAttribute(
                    "citations",
                    answer.references().stream().map(Reference::text).toList());
            model.addAttribute("validity", range(answer.validity()));
            calculator.details(values).ifPresent(details -> model.addAttribute("details", details));
        } catch (InputException e) {
            reject(typed.form(), calculator, e);
        }
    }

    /** For the middle of a sentence. */
    private static String range(Validity validity) {
        return validity.toString()
                .replace("Temperature", "temperature")
                .replace("Pressure", "pressure")
                .replace("mNaCl", "NaCl");
    }

    private static List<Line> lines(Calculator calculator, Answer answer) {
        var lines = new ArrayList<Line>();
        for (Output output : calculator.outputs()) {
            double value = answer.number(output.name());
            String unit = output.unit() == Unit.ONE ? "" : output.unit().symbol();
            lines.add(new Line(output.label(), Double.isNaN(value) ? "no value" : significant(value), unit));
        }
        return lines;
    }

    /** Six digits on the page; the files have all. */
    private static String significant(double value) {
        return Double.isInfinite(value)
                ? "no value"
                : Numbers.plain(new BigDecimal(value).round(new MathContext(6)).doubleValue());
    }

    private static void addPlot(Calculator calculator, CalculatorForm typed, Model model) {
        try {
            var sweep = sweep(calculator, typed);
            if (sweep != null) {
                if (SweepPlot.isMap(calculator, typed, sweep)) {
                    addMap(calculator, typed, sweep, model);
                } else {
                    model.addAttribute(
                            "plot",
                            SweepPlot.of(calculator, typed, sweep)
                                    .withAbout(ExportFile.about(calculator, typed.point(), sweep)));
                }
                model.addAttribute(
                        "failed",
                        sweep.points().stream().filter(p -> p.answer() == null).count());
            }
        } catch (InputException e) {
            typed.form().reject(CalculatorForm.VALUES, String.valueOf(e.getMessage()));
        } catch (SweepPlot.TooManyCurvesException e) {
            typed.form().reject(CalculatorForm.VALUES_ALSO, String.valueOf(e.getMessage()));
        }
    }

    private static void addMap(Calculator calculator, CalculatorForm typed, Sweep sweep, Model model) {
        for (var variable : sweep.variables()) {
            if (variable.values().size() > HeatMap.LARGEST) {
                throw new InputException(
                        variable.input().name(),
                        "A map has at most %d values of %s"
                                .formatted(HeatMap.LARGEST, variable.input().label()));
            }
        }
        model.addAttribute("heat", HeatMap.of(calculator, typed, sweep));
    }

    private static @Nullable Sweep sweep(Calculator calculator, CalculatorForm typed) {
        var variables = typed.variables();
        return variables.isEmpty() ? null : Sweep.of(calculator, typed.point(), variables);
    }

    private static void reject(Form form, Calculator calculator, InputException e) {
        boolean known = calculator.inputs().stream().anyMatch(i -> i.name().equals(e.input()));
        String field = known ? e.input() : calculator.inputs().getFirst().name();
        form.reject(field, String.valueOf(e.getMessage()));
    }

    /** The numbers of the page as a file: its plot, or its point when nothing varies. */
    @GetMapping("/{name}/export")
    ResponseEntity<String> export(@PathVariable String name, @RequestParam String format, HttpServletRequest request) {
        var calculator = catalogue.get(name);
        var typed = new CalculatorForm(calculator, request.getParameterMap());
        if (!typed.form().isValid()) {
            var first = typed.form().getErrors().getFirst();
            throw ProblemException.invalid(first.field().name(), first.message());
        }
        try {
            var sweep = sweep(calculator, typed);
            if (sweep == null) {
                var only = calculator.inputs().stream()
                        .filter(i -> !i.isChoice())
                        .findFirst()
                        .orElseThrow();
                var value = new Values(calculator.inputs(), typed.point()).text(only.name());
                sweep = Sweep.of(calculator, typed.point(), List.of(new Sweep.Variable(only, List.of(value))));
            }
            return ExportFile.of(calculator, typed.point(), sweep, format);
        } catch (InputException e) {
            throw ProblemException.invalid(e.input(), String.valueOf(e.getMessage()));
        }
    }
}
