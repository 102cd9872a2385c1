package org.colonnade.calculators.pages;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.description.Output;
import org.colonnade.calculators.description.Sweep;
import org.colonnade.calculators.http.Views;
import org.colonnade.geochemistry.Reference;
import org.colonnade.web.ProblemException;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** A sweep as a file that says what it holds: CSV, JSON, or the citations of what was used. */
final class ExportFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExportFile() {}

    /** @param metadata what a reader of the file must know */
    record Export(Metadata metadata, Views.Grid data) {}

    record Metadata(String program, String version, String calculator, Instant computed, List<String> citations) {}

    static ResponseEntity<String> of(Calculator calculator, Map<String, String> point, Sweep sweep, String format) {
        var references = Views.references(sweep);
        String name = calculator.key();
        return switch (format) {
            case "csv" -> file(csv(calculator, point, sweep), "text/csv", name + ".csv");
            case "json" ->
                file(
                        JSON.writeValueAsString(
                                new Export(metadata(calculator, references), Views.Grid.of(calculator, point, sweep))),
                        "application/json",
                        name + ".json");
            case "bibtex" ->
                file(
                        references.stream().map(Reference::bibtex).collect(Collectors.joining("\n")),
                        "application/x-bibtex",
                        name + ".bib");
            case "ris" ->
                file(
                        references.stream().map(Reference::ris).collect(Collectors.joining()),
                        "application/x-research-info-systems",
                        name + ".ris");
            case "text" ->
                file(
                        references.stream().map(Reference::text).collect(Collectors.joining("\n", "", "\n")),
                        "text/plain",
                        name + "-citations.txt");
            default -> throw ProblemException.invalid("format", "is none of csv, json, bibtex, ris, text");
        };
    }

    private static Metadata metadata(Calculator calculator, List<Reference> references) {
        String version = ExportFile.class.getPackage().getImplementationVersion();
        return new Metadata(
                "Colonnade",
                Objects.requireNonNullElse(version, "development"),
                calculator.title(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                references.stream().map(Reference::text).toList());
    }

    /** What a plot's files say of themselves. */
    static List<String> about(Calculator calculator, Map<String, String> point, Sweep sweep) {
        var metadata = metadata(calculator, Views.references(sweep));
        var lines = new ArrayList<>(List.of(
                "%s %s, %s, computed %s"
                        .formatted(metadata.program(), metadata.version(), metadata.calculator(), metadata.computed()),
                "models: " + models(sweep),
                "inputs: " + inputs(calculator, point, sweep)));
        metadata.citations().forEach(citation -> lines.add("cite: " + citation));
        return lines;
    }

    private static String csv(Calculator calculator, Map<String, String> point, Sweep sweep) {
        var out = new StringBuilder();
        var metadata = metadata(calculator, Views.references(sweep));
        out.append("# ")
                .append(metadata.program())
                .append(' ')
                .append(metadata.version())
                .append('\n');
        out.append("# calculator: ").append(metadata.calculator()).append('\n');
        out.append("# computed: ").append(metadata.computed()).append('\n');
        out.append("# models: ").append(models(sweep)).append('\n');
        out.append("# inputs: ").append(inputs(calculator, point, sweep)).append('\n');
        metadata.citations()
                .forEach(citation -> out.append("# cite: ").append(citation).append('\n'));
        sweep.variables().forEach(v -> out.append(v.input().name()).append(','));
        calculator.outputs().forEach(o -> out.append(o.name()).append(','));
        out.append("flags\n");
        int inner = sweep.variables().getLast().values().size();
        for (int i = 0; i < sweep.points().size(); i++) {
            if (sweep.variables().size() == 2) {
                out.append(sweep.variables().getFirst().values().get(i / inner)).append(',');
            }
            out.append(sweep.variables().getLast().values().get(i % inner)).append(',');
            row(out, calculator, sweep.points().get(i));
        }
        return out.toString();
    }

    private static void row(StringBuilder out, Calculator calculator, Sweep.Point point) {
        var answer = point.answer();
        for (Output output : calculator.outputs()) {
            double value = answer == null ? Double.NaN : answer.number(output.name());
            out.append(Double.isNaN(value) ? "" : Double.toString(value)).append(',');
        }
        String flags = answer == null
                ? Objects.requireNonNullElse(point.error(), "")
                : answer.flags().stream().map(f -> f.kind().name()).distinct().collect(Collectors.joining(" "));
        out.append('"').append(flags.replace("\"", "\"\"")).append("\"\n");
    }

    private static String models(Sweep sweep) {
        return sweep.points().stream()
                .flatMap(p -> Stream.ofNullable(p.answer()))
                .map(a -> a.model())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String inputs(Calculator calculator, Map<String, String> point, Sweep sweep) {
        return calculator.inputs().stream()
                .filter(i -> sweep.variables().stream().noneMatch(v -> v.input().equals(i)))
                .filter(i -> point.containsKey(i.name()))
                .map(i -> i.name() + " = " + point.get(i.name()))
                .collect(Collectors.joining(", "));
    }

    private static ResponseEntity<String> file(String text, String type, String name) {
        return ResponseEntity.ok()
                .header("Content-Type", type + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .body(text);
    }
}
