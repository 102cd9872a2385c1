package org.colonnade.geochemistry.supcrt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Species.Aqueous;
import org.colonnade.geochemistry.supcrt.Species.Gas;
import org.colonnade.geochemistry.supcrt.Species.Mineral;

/** Writes species as a direct-access database of SUPCRTBL, which {@link DirectAccessReader} and the original read. */
public final class DirectAccessWriter {

    private static final int RECORD = DirectAccessReader.RECORD;

    private final List<byte[]> records = new ArrayList<>();

    private DirectAccessWriter() {}

    /** The file; water and the electron, which no database holds, are left out. */
    public static byte[] write(Collection<Species> species) {
        var minerals = of(species, Mineral.class);
        var blocks = List.of(
                minerals.stream()
                        .filter(m -> m.transition() instanceof Transition.None)
                        .toList(),
                minerals.stream()
                        .filter(m -> m.transition() instanceof Transition.Landau)
                        .toList(),
                minerals.stream()
                        .filter(m -> m.transition() instanceof Transition.BraggWilliams)
                        .toList(),
                List.<Species>of(),
                of(species, Gas.class),
                of(species, Aqueous.class));
        int[] lengths = {7, 8, 8, 8, 6, 6};
        var counts = new StringBuilder();
        var starts = new StringBuilder();
        int start = 3;
        for (int i = 0; i < blocks.size(); i++) {
            counts.append(String.format(Locale.ROOT, " %4d", blocks.get(i).size()));
            starts.append(String.format(Locale.ROOT, " %4d", start));
            start += blocks.get(i).size() * lengths[i];
        }
        if (start > 9999) {
            // The original reads the starts of blocks as integers of four digits.
            var last = blocks.getLast();
            if (start - last.size() * 6 > 9999) {
                throw new IllegalArgumentException("Too many species for the format, which counts to 9999 records");
            }
        }
        var writer = new DirectAccessWriter();
        writer.record(1, counts.toString());
        writer.record(1, starts.toString());
        blocks.forEach(block -> block.forEach(writer::species));
        var file = new byte[writer.records.size() * RECORD];
        for (int i = 0; i < writer.records.size(); i++) {
            System.arraycopy(writer.records.get(i), 0, file, i * RECORD, RECORD);
        }
        return file;
    }

    private static <T extends Species> List<T> of(Collection<Species> species, Class<T> kind) {
        return species.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void species(Species species) {
        var label = species.label();
        place(blank(), 2, 21, label.name(), 22, 51, label.formula());
        place(blank(), 2, 21, label.abbreviation(), 22, 51, label.composition().notation());
        place(blank(), 2, 21, label.reference(), 22, 51, label.date());
        switch (species) {
            case Mineral m -> {
                energies(m.gibbs(), m.enthalpy(), m.entropy(), m.volume());
                cp(m.heatCapacity());
                var k = m.compression();
                numbers(
                        new int[][] {{9, 14}, {17, 24}, {27, 32}, {35, 42}, {45, 51}},
                        k.expansivity() * 1e5,
                        k.bulkModulus(),
                        k.first(),
                        k.second(),
                        k.atoms());
                switch (m.transition()) {
                    case Transition.None none -> {}
                    case Transition.Landau l ->
                        numbers(
                                new int[][] {{7, 14}, {17, 22}, {25, 31}},
                                l.criticalTemperature(),
                                l.entropy(),
                                l.volume());
                    case Transition.BraggWilliams b ->
                        numbers(
                                new int[][] {{7, 12}, {15, 21}, {24, 29}, {31, 37}, {39, 44}, {46, 50}},
                                b.enthalpy(),
                                b.volume(),
                                b.interaction(),
                                b.interactionVolume(),
                                b.ratio(),
                                b.factor());
                }
                numbers(new int[][] {{9, 15}}, m.highestTemperature());
            }
            case Gas g -> {
                energies(g.gibbs(), g.enthalpy(), g.entropy(), g.volume());
                cp(g.heatCapacity());
                numbers(new int[][] {{9, 15}}, g.highestTemperature());
            }
            case Aqueous a -> {
                numbers(new int[][] {{7, 16}, {19, 28}, {31, 38}}, a.gibbs() / 1e3, a.enthalpy() / 1e3, a.entropy());
                numbers(
                        new int[][] {{7, 15}, {18, 26}, {29, 37}, {40, 48}},
                        a.a1() * 10,
                        a.a2() / 1e2,
                        a.a3(),
                        a.a4() / 1e4);
                numbers(
                        new int[][] {{7, 15}, {18, 26}, {29, 37}, {40, 42}},
                        a.c1(),
                        a.c2() / 1e4,
                        a.omega() / 1e5,
                        a.charge());
            }
            case Species.Water water -> throw new IllegalStateException("Water is in no database");
            case Species.Electron electron -> throw new IllegalStateException("The electron is in no database");
        }
    }

    private void energies(double gibbs, double enthalpy, double entropy, double volume) {
        numbers(new int[][] {{7, 18}, {21, 32}, {35, 42}, {45, 52}}, gibbs / 1e3, enthalpy / 1e3, entropy, volume);
    }

    private void cp(HeatCapacity cp) {
        numbers(
                new int[][] {{7, 16}, {19, 28}, {31, 40}, {43, 52}},
                cp.a() / 1e3,
                cp.b() * 1e2,
                cp.c() / 1e3,
                cp.d() / 1e3);
    }

    private void numbers(int[][] columns, double... values) {
        var record = blank();
        for (int i = 0; i < values.length; i++) {
            put(record, columns[i][0], columns[i][1], number(values[i], columns[i][1] - columns[i][0] + 1));
        }
        records.add(record);
    }

    /** The shortest text that is the number, cut to as many decimals as the column holds. */
    private static String number(double value, int width) {
        // Parameters were multiplied by powers of ten on reading; twelve digits remove what that left behind.
        double clean = value == 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.11e", value));
        for (int decimals = 8; decimals >= 0; decimals--) {
            var text = String.format(Locale.ROOT, "%." + decimals + "f", clean);
            if (text.contains(".")) {
                text = text.replaceAll("0+$", "");
            } else {
                text += ".";
            }
            if (text.length() <= width) {
                return String.format(Locale.ROOT, "%" + width + "s", text);
            }
        }
        throw new IllegalArgumentException("%s does not fit a field of %d characters".formatted(value, width));
    }

    private void place(byte[] record, int from1, int to1, String text1, int from2, int to2, String text2) {
        put(record, from1, to1, text1);
        put(record, from2, to2, text2);
        records.add(record);
    }

    private void record(int from, String text) {
        var record = blank();
        put(record, from, RECORD, text);
        records.add(record);
    }

    private static byte[] blank() {
        var record = new byte[RECORD];
        Arrays.fill(record, (byte) ' ');
        return record;
    }

    private static void put(byte[] record, int from, int to, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, record, from - 1, Math.min(bytes.length, to - from + 1));
    }
}
