package org.colonnade.calculators.rates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.colonnade.calculators.description.Answer;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.DefaultSweep;
import org.colonnade.calculators.description.Details;
import org.colonnade.calculators.description.Input;
import org.colonnade.calculators.description.Input.Option;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Values;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.rates.Conditions;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.geochemistry.rates.RateRule;
import org.colonnade.web.Numbers;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Dissolution rates of minerals far from equilibrium. */
@Component
@Order(3)
public class RatesCalculator implements Calculator {

    private static final MineralRates LIBRARY = new MineralRates(RateDataset.LIBRARY);
    private static final MineralRates REPORT = new MineralRates(RateDataset.OFR_2004_1068);

    private static final List<Input> INPUTS = List.of(
            Input.choice("species", "Mineral", minerals()).initially("Albite").mandatory(),
            Input.number("temp_C", "Temperature", Unit.CELSIUS, "25").orIn(Unit.KELVIN),
            Input.number("pH", "pH", Unit.ONE, "5"),
            Input.number("pFe3", "pFe³⁺", Unit.ONE, "").optional().hint("−log₁₀ a(Fe³⁺), for sulphides"),
            Input.number("pO2", "pO₂", Unit.ONE, "").optional().hint("−log₁₀ a(O₂), for sulphides"),
            Input.number("pCO2", "pCO₂ or pHCO₃⁻", Unit.ONE, "")
                    .optional()
                    .hint("−log₁₀ of the CO₂ pressure in bar; for calcite of the library −log₁₀ a(HCO₃⁻)"),
            Input.choice(
                    "mode",
                    "Rule",
                    List.of(
                            new Option("strict", "strict, with a(OH⁻)"),
                            new Option("gateway", "as the online calculator"))),
            Input.choice(
                    "dataset",
                    "Parameters",
                    List.of(
                            new Option("library", "PHREEQC kinetic library"),
                            new Option("ofr2004", "USGS OFR 2004-1068"))));

    private static final List<Output> OUTPUTS = List.of(
            new Output("total", "Rate", Unit.MOLE_PER_SQUARE_METRE_SECOND),
            new Output("logTotal", "log₁₀ of the rate", Unit.ONE),
            new Output("AMech", "Acid mechanism", Unit.MOLE_PER_SQUARE_METRE_SECOND),
            new Output("NMech", "Neutral mechanism", Unit.MOLE_PER_SQUARE_METRE_SECOND),
            new Output("BMech", "Base mechanism", Unit.MOLE_PER_SQUARE_METRE_SECOND),
            new Output("OMech", "Carbonate or oxygen mechanism", Unit.MOLE_PER_SQUARE_METRE_SECOND));

    @Override
    public String key() {
        return "rates";
    }

    @Override
    public String title() {
        return "Mineral dissolution rates";
    }

    @Override
    public String sentence() {
        return "How fast a mineral dissolves far from equilibrium, mechanism by mechanism.";
    }

    @Override
    public List<Input> inputs() {
        return INPUTS;
    }

    @Override
    public List<Output> outputs() {
        return OUTPUTS;
    }

    @Override
    public List<PlotGroup> plots() {
        return List.of(
                new PlotGroup(
                        "mechanisms",
                        "Rate and its mechanisms",
                        List.of("total", "AMech", "NMech", "BMech", "OMech"),
                        true),
                new PlotGroup("total", "Rate", List.of("total"), true),
                new PlotGroup("logTotal", "log₁₀ of the rate", List.of("logTotal"), false));
    }

    @Override
    public DefaultSweep defaultSweep() {
        return DefaultSweep.of("pH", "1:13:0.25");
    }

    @Override
    public List<Preset> presets() {
        return List.of(
                new Preset("Mechanisms against pH", defaultSweep(), "mechanisms"),
                new Preset(
                        "Both sets of parameters",
                        new DefaultSweep("pH", "1:13:0.25", "dataset", "library ofr2004"),
                        "total"),
                new Preset("Mechanisms against temperature", DefaultSweep.of("temp_C", "0:100:2.5"), "mechanisms"),
                new Preset(
                        "Log rate at temperatures",
                        new DefaultSweep("pH", "1:13:0.25", "temp_C", "5 25 50 75 100"),
                        "logTotal"),
                new Preset("Map over pH and T", new DefaultSweep("pH", "1:13:1", "temp_C", "0:100:10"), "logTotal"));
    }

    /** Two sets of parameters for one law: their distance is part of what is not known. */
    @Override
    public Optional<String> modelInput() {
        return Optional.of("dataset");
    }

    /** Every parameter of the law with its source. */
    @Override
    public Optional<Details> details(Values values) {
        var mineral = mineral(dataset(values), values.text("species"));
        return Optional.of(new Details(
                "Parameters of " + mineral.name(),
                List.of("mechanism", "parameter", "value", "unit", "source", "checked"),
                mineral.parameters().stream()
                        .map(p -> List.of(
                                p.mechanism(),
                                p.symbol(),
                                Numbers.plain(p.value()),
                                p.unit().equals("1") ? "" : p.unit(),
                                p.source(),
                                checked(p.verification())))
                        .toList()));
    }

    private static String checked(Mineral.Verification verification) {
        return switch (verification) {
            case CROSS_CHECKED -> "agrees with a second source";
            case DIFFERS -> "differs from a second source";
            case SINGLE_SOURCE -> "single source";
        };
    }

    private static MineralRates dataset(Values values) {
        return values.choice("dataset").equals(RateDataset.OFR_2004_1068.key()) ? REPORT : LIBRARY;
    }

    @Override
    public List<String> unknowns() {
        return List.of(
                "The parameters are those that the makers of the online calculator published as a library for PHREEQC;"
                        + " the calculator's own table is not public.",
                "Where the library and USGS OFR 2004-1068 differ, the result says so and names the other value.",
                "There is no affinity term: near equilibrium dissolution is slower.");
    }

    @Override
    public Answer compute(Values values) {
        var rates = dataset(values);
        var computed = rates.at(
                mineral(rates, values.text("species")),
                rule(values.choice("mode")),
                new Conditions(
                        celsius(values.number("temp_C")),
                        values.number("pH"),
                        values.optional("pFe3"),
                        values.optional("pO2"),
                        values.optional("pCO2")));
        var state = computed.value();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("total", state.total().value());
        numbers.put("logTotal", state.logTotal());
        numbers.put("AMech", state.acid().value());
        numbers.put("NMech", state.neutral().value());
        numbers.put("BMech", state.base().value());
        numbers.put("OMech", state.fourth().value());
        return Answer.of(computed, numbers);
    }

    @Override
    public Batch batch() {
        var row = new double[MineralRates.COLUMNS];
        return new Batch(
                List.of("mode", "species", "temp_C", "pH"),
                List.of("pFe3", "pO2", "pCO2"),
                List.of("AMech", "BMech", "NMech", "OMech", "total", "logTotal", "total_full_precision"),
                List.of("strict", "Albite", "25", "5", "", "", ""),
                (cells, out) -> {
                    var mineral = mineral(LIBRARY, cells.text(1));
                    var rule = rule(cells.text(0));
                    var conditions = new Conditions(
                            celsius(cells.number(2)),
                            cells.number(3),
                            cells.optional(4),
                            cells.optional(5),
                            cells.optional(6));
                    MineralRates.compute(mineral, rule, conditions, row);
                    out.text(RateText.rate(row[MineralRates.ACID]));
                    out.text(RateText.rate(row[MineralRates.BASE]));
                    out.text(RateText.rate(row[MineralRates.NEUTRAL]));
                    out.text(RateText.rate(row[MineralRates.FOURTH]));
                    out.text(RateText.rate(row[MineralRates.TOTAL]));
                    out.text(RateText.logarithm(row[MineralRates.TOTAL]));
                    out.number(row[MineralRates.TOTAL]);
                    var messages = new ArrayList<String>();
                    for (Flag flag : LIBRARY.at(mineral, rule, conditions).flags()) {
                        if (flag.kind() != Flag.Kind.NOTE && flag.kind() != Flag.Kind.SINGLE_SOURCE) {
                            messages.add(flag.kind() + ": " + flag.sentence());
                        }
                    }
                    if (!messages.isEmpty()) {
                        out.message(String.join("; ", messages));
                    }
                });
    }

    private static Mineral mineral(MineralRates rates, String name) {
        return rates.find(name)
                .orElseThrow(() -> new InputException(
                        "species",
                        "Species '%s' not found in %s"
                                .formatted(
                                        name.length() <= 60 ? name : name.substring(0, 57) + "...",
                                        rates.dataset().title())));
    }

    private static double celsius(double temperature) {
        if (!(temperature > -273.15)) {
            throw new InputException("temp_C", "temp_C must be above -273.15 °C, not " + temperature);
        }
        return temperature;
    }

    private static RateRule rule(String key) {
        return switch (key) {
            case "strict" -> RateRule.STRICT;
            case "gateway", "compatible" -> RateRule.COMPATIBLE;
            default -> throw new InputException("mode", "mode must be gateway or strict, not '" + key + "'");
        };
    }

    private static List<Option> minerals() {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        LIBRARY.minerals().forEach(m -> names.add(m.name()));
        REPORT.minerals().forEach(m -> names.add(m.name()));
        return names.stream().map(name -> new Option(name, name)).toList();
    }
}
