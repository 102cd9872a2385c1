package org.colonnade.calculators.supcrt;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * CSV in, CSV out: the input columns repeated, the computed ones with all their digits, then status and message. Rows
 * are answered as they are read; a row that cannot be computed says why and fails no other.
 */
@Component
class SupcrtBatch {

    private static final String COMPUTED = "logK,dG_kJ,dH_kJ,dS_J_K,dCp_J_K,dV_J_bar,flag,status,message";
    private static final int MOST_KNOWN = 10_000;

    private final SupcrtProperties properties;

    SupcrtBatch(SupcrtProperties properties) {
        this.properties = properties;
    }

    void run(Database database, Profile profile, InputStream body, HttpServletResponse response) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        var rows = new CsvRows(reader);
        var header = rows.next();
        if (header == null || header.fields().isEmpty()) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE,
                    "The CSV is empty; its first line names the columns: reaction,T_C,P_bar");
        }
        var columns = new Columns(header.fields());
        response.setContentType("text/csv;charset=UTF-8");
        try (var out = new BufferedWriter(
                new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16)) {
            CsvRows.write(out, header.fields());
            out.write("," + COMPUTED + "\r\n");
            var work = new Work(database, profile, columns);
            int count = 0;
            for (var row = rows.next(); row != null; row = rows.next()) {
                if (++count > properties.maxRows()) {
                    CsvRows.write(out, padded(List.of(), columns.size));
                    out.write(",,,,,,,,error,more than %d rows; send the rest in another request\r\n"
                            .formatted(properties.maxRows()));
                    break;
                }
                work.answer(row, out);
            }
        }
    }

    private static List<String> padded(List<String> fields, int size) {
        var all = new ArrayList<>(fields.subList(0, Math.min(fields.size(), size)));
        while (all.size() < size) {
            all.add("");
        }
        return all;
    }

    /** Where the columns stand. */
    private static final class Columns {
        private final int size;
        private final int reaction;
        private final int celsius;
        private final int bar;
        private final int density;

        Columns(List<String> names) {
            size = names.size();
            var trimmed = names.stream().map(String::strip).toList();
            reaction = trimmed.indexOf("reaction");
            celsius = trimmed.indexOf("T_C");
            bar = trimmed.indexOf("P_bar");
            density = trimmed.indexOf("rho_gcc");
            if (reaction < 0 || celsius < 0 || (bar < 0 && density < 0)) {
                throw ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        "The first line must name the columns reaction, T_C and P_bar or rho_gcc; it names "
                                + SupcrtDatabases.shown(String.join(", ", trimmed)));
            }
        }
    }

    /** The computation of rows, with the reactions met so far. */
    private static final class Work {
        private final ReactionParser parser;
        private final Profile profile;
        private final Columns columns;
        private final Map<String, Reaction> known = new LinkedHashMap<>();

        Work(Database database, Profile profile, Columns columns) {
            this.parser = new ReactionParser(database);
            this.profile = profile;
            this.columns = columns;
        }

        void answer(CsvRows.Row row, Writer out) throws IOException {
            CsvRows.write(out, padded(row.fields(), columns.size));
            String failure = row.problem();
            if (failure == null && row.fields().size() != columns.size) {
                failure = "The row has %d fields, the first line %d"
                        .formatted(row.fields().size(), columns.size);
            }
            if (failure == null) {
                try {
                    compute(row.fields(), out);
                    return;
                } catch (ProblemException e) {
                    failure = e.detail();
                }
            }
            out.write(",,,,,,,,error,");
            CsvRows.writeField(out, failure);
            out.write("\r\n");
        }

        private void compute(List<String> fields, Writer out) throws IOException {
            var reaction = reaction(fields.get(columns.reaction));
            var at = SupcrtStates.one(
                    Objects.requireNonNull(number(fields, columns.celsius, "T_C", true)),
                    number(fields, columns.bar, "P_bar", columns.density < 0),
                    number(fields, columns.density, "rho_gcc", columns.bar < 0),
                    reaction.needsWater());
            var table = new Evaluation(at, profile).table(reaction);
            for (double value : new double[] {
                table.logK(0),
                table.gibbs(0) / 1e3,
                table.enthalpy(0) / 1e3,
                table.entropy(0),
                table.heatCapacity(0),
                table.volume(0)
            }) {
                out.write(',');
                if (Double.isFinite(value)) {
                    out.write(Double.toString(value));
                }
            }
            out.write("," + table.flag(0).name() + ",ok,");
            CsvRows.writeField(out, String.join("; ", reaction.notes()));
            out.write("\r\n");
        }

        private Reaction reaction(String text) {
            var reaction = known.get(text);
            if (reaction == null) {
                reaction = SupcrtService.reaction(parser, "reaction", text, false);
                if (known.size() < MOST_KNOWN) {
                    known.put(text, reaction);
                }
            }
            return reaction;
        }

        private static @Nullable Double number(List<String> fields, int column, String name, boolean required) {
            var text = column < 0 ? "" : fields.get(column).strip();
            if (text.isEmpty()) {
                if (required) {
                    throw ProblemException.invalid(name, "is empty");
                }
                return null;
            }
            if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
                throw ProblemException.invalid(
                        name,
                        text.matches("[+-]?\\d+,\\d+")
                                ? "has a decimal comma; write a point"
                                : "is no number: " + SupcrtDatabases.shown(text));
            }
            return Double.parseDouble(text);
        }
    }
}
