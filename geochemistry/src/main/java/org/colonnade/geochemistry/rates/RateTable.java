package org.colonnade.geochemistry.rates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;

/** Reads the two parameter tables that lie beside this class. */
final class RateTable {

    private final Map<String, String> cells = new HashMap<>();

    private RateTable(String[] header, String line) {
        String[] values = line.split(",", -1);
        for (int i = 0; i < header.length; i++) {
            cells.put(header[i], values[i]);
        }
    }

    static List<Mineral> read(RateDataset dataset) {
        return switch (dataset) {
            case LIBRARY ->
                rows("kinetic-library.csv").stream().map(RateTable::ofLibrary).toList();
            case OFR_2004_1068 ->
                rows("ofr-2004-1068.csv").stream().map(RateTable::ofReport).toList();
        };
    }

    private static List<RateTable> rows(String file) {
        try (var stream = Objects.requireNonNull(RateTable.class.getResourceAsStream(file), file)) {
            var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var header = lines.getFirst().split(",", -1);
            return lines.stream()
                    .skip(1)
                    .map(line -> new RateTable(header, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Mineral ofLibrary() {
        return new Mineral(
                text("species"),
                RateDataset.LIBRARY,
                group(),
                RateReferences.named(text("reference")),
                new Term(
                        number("acid_A"),
                        number("acid_Ea_J"),
                        number("acid_nH"),
                        number("acid_nFe3"),
                        Catalyst.HYDROGEN,
                        Double.POSITIVE_INFINITY),
                new Term(number("neutral_A"), number("neutral_Ea_J"), 0, 0, Catalyst.NONE, Double.POSITIVE_INFINITY),
                libraryTerm("base"),
                libraryTerm("fourth"),
                range("temperature", Unit.CELSIUS, text("T_range_C")),
                range("pH", Unit.ONE, text("pH_range")),
                Mineral.Verification.valueOf(
                        text("verification").toUpperCase(Locale.ROOT).replace('-', '_')),
                text("difference_from_ofr2004"),
                text("note"));
    }

    private Term libraryTerm(String mechanism) {
        return new Term(
                number(mechanism + "_A"),
                number(mechanism + "_Ea_J"),
                number(mechanism + "_n"),
                0,
                Catalyst.of(text(mechanism + "_catalyst")),
                Double.POSITIVE_INFINITY);
    }

    private Mineral ofReport() {
        return new Mineral(
                text("species"),
                RateDataset.OFR_2004_1068,
                group(),
                RateReferences.PALANDRI_2004,
                reportTerm("acid", "acid_nH", number("acid_nFe3"), Catalyst.HYDROGEN),
                reportTerm("neutral", "", 0, Catalyst.NONE),
                reportTerm("base", "base_nH", 0, Catalyst.HYDROGEN),
                reportTerm("fourth", "fourth_n", 0, Catalyst.of(text("fourth_catalyst"))),
                Optional.empty(),
                Optional.empty(),
                Mineral.Verification.SINGLE_SOURCE,
                "",
                text("ofr_table"));
    }

    private Term reportTerm(String mechanism, String order, double secondOrder, Catalyst catalyst) {
        String logk = text(mechanism + "_logk25");
        return logk.isEmpty()
                ? Term.NONE
                : new Term(
                        Math.pow(10, Double.parseDouble(logk)),
                        1000 * number(mechanism + "_Ea_kJ"),
                        order.isEmpty() ? 0 : number(order),
                        secondOrder,
                        catalyst,
                        298.15);
    }

    private Mineral.Group group() {
        return Mineral.Group.valueOf(text("group").toUpperCase(Locale.ROOT));
    }

    /** E.g. {@code 8-25}, {@code 25} or {@code ~7}, which stands for half a unit on both sides. */
    private static Optional<Validity.Range> range(String name, Unit unit, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.startsWith("~")) {
            double about = Double.parseDouble(text.substring(1));
            return Optional.of(new Validity.Range(name, unit, about - 0.5, about + 0.5));
        }
        var ends = new ArrayList<Double>();
        for (String end : text.split("-", 2)) {
            ends.add(Double.parseDouble(end));
        }
        return Optional.of(new Validity.Range(name, unit, ends.getFirst(), ends.getLast()));
    }

    private String text(String column) {
        return Objects.requireNonNull(cells.get(column), column);
    }

    private double number(String column) {
        String text = text(column);
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }
}
