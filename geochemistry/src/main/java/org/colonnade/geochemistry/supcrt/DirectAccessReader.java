package org.colonnade.geochemistry.supcrt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.colonnade.geochemistry.supcrt.Species.Aqueous;
import org.colonnade.geochemistry.supcrt.Species.Gas;
import org.colonnade.geochemistry.supcrt.Species.Mineral;

/**
 * Reads the direct-access databases of SUPCRTBL: records of 114 characters without line ends, the first two of which
 * say how many species of each block there are and where the blocks begin.
 */
public final class DirectAccessReader {

    /** Length of a record. */
    static final int RECORD = 114;

    /** Width of a formula. */
    static final int FORMULA = 30;

    private static final double UNKNOWN = 999.9999;
    private static final double UNKNOWN_CONVERTED = 4183.996;
    private static final int MOST_SPECIES = 100_000;

    private final byte[] content;
    private final int records;

    private DirectAccessReader(byte[] content) {
        this.content = content;
        this.records = content.length / RECORD;
    }

    /**
     * Reads a whole database.
     *
     * @param name the name it is to have
     * @param file the bytes of the file
     * @throws DatabaseFormatException if the file is cut, has line ends, or a field is no number
     */
    public static Database read(String name, byte[] file) throws DatabaseFormatException {
        int length = file.length;
        while (length > 0 && (file[length - 1] == '\n' || file[length - 1] == '\r')) {
            length--;
        }
        if (length < 2 * RECORD) {
            throw new DatabaseFormatException(
                    "The file has %d characters; a SUPCRTBL database has at least two records of 114"
                            .formatted(length));
        }
        for (int i = 0; i < length; i++) {
            if (file[i] == '\n' || file[i] == '\r') {
                throw new DatabaseFormatException(
                        "Line end at character %d: this is a sequential text file, not a direct-access database"
                                .formatted(i + 1));
            }
        }
        if (length % RECORD != 0) {
            throw new DatabaseFormatException("The file is cut: its last record, number %d, has %d of 114 characters"
                    .formatted(length / RECORD + 1, length % RECORD));
        }
        var content = new byte[length];
        System.arraycopy(file, 0, content, 0, length);
        return new DirectAccessReader(content).database(name);
    }

    private Database database(String name) throws DatabaseFormatException {
        var counts = integers(1);
        var starts = integers(2);
        var all = new ArrayList<Species>();
        int[] lengths = {7, 8, 8, 8, 6, 6};
        for (int block = 0; block < 6; block++) {
            for (int k = 0; k < counts[block]; k++) {
                int first = starts[block] + k * lengths[block];
                if (first + lengths[block] - 1 > records) {
                    throw new DatabaseFormatException(
                            "The file is cut: species %d of block %d begins at record %d, but there are %d records"
                                    .formatted(k + 1, block + 1, first, records));
                }
                switch (block) {
                    case 0 -> all.add(mineral(first, new Transition.None(), first + 6));
                    case 1 ->
                        all.add(mineral(
                                first,
                                new Transition.Landau(
                                        number(first + 6, 7, 14), number(first + 6, 17, 22), number(first + 6, 25, 31)),
                                first + 7));
                    case 2 ->
                        all.add(mineral(
                                first,
                                new Transition.BraggWilliams(
                                        number(first + 6, 7, 12),
                                        number(first + 6, 15, 21),
                                        number(first + 6, 24, 29),
                                        number(first + 6, 31, 37),
                                        number(first + 6, 39, 44),
                                        number(first + 6, 46, 50)),
                                first + 7));
                    case 3 -> {}
                    case 4 -> all.add(gas(first));
                    default -> all.add(aqueous(first));
                }
            }
        }
        if (all.isEmpty()) {
            throw new DatabaseFormatException("The first record announces no species");
        }
        try {
            return Database.of(name, all);
        } catch (IllegalArgumentException e) {
            throw new DatabaseFormatException(e.getMessage() == null ? "Two species share a name" : e.getMessage());
        }
    }

    private int[] integers(int record) throws DatabaseFormatException {
        var values = new int[6];
        for (int i = 0; i < 6; i++) {
            var text = text(record, 5 * i + 2, 5 * i + 5);
            if (!text.matches("\\d{1,4}")) {
                throw new DatabaseFormatException(
                        "Record %d does not begin with six counts: \"%s\" is not one; this is no SUPCRTBL database"
                                .formatted(record, text));
            }
            values[i] = Integer.parseInt(text);
            if (values[i] > MOST_SPECIES) {
                throw new DatabaseFormatException("Record %d announces too many species".formatted(record));
            }
        }
        return values;
    }

    private Mineral mineral(int first, Transition transition, int limit) throws DatabaseFormatException {
        int energies = first + 3;
        int elastic = first + 5;
        return new Mineral(
                label(first),
                1e3 * number(energies, 7, 18),
                1e3 * number(energies, 21, 32),
                number(energies, 35, 42),
                number(energies, 45, 52),
                heatCapacity(first + 4),
                new Compression(
                        1e-5 * number(elastic, 9, 14),
                        number(elastic, 17, 24),
                        number(elastic, 27, 32),
                        number(elastic, 35, 42),
                        number(elastic, 45, 51)),
                transition,
                number(limit, 9, 15));
    }

    private Gas gas(int first) throws DatabaseFormatException {
        int energies = first + 3;
        return new Gas(
                label(first),
                1e3 * number(energies, 7, 18),
                1e3 * number(energies, 21, 32),
                number(energies, 35, 42),
                number(energies, 45, 52),
                heatCapacity(first + 4),
                number(first + 5, 9, 15));
    }

    private HeatCapacity heatCapacity(int record) throws DatabaseFormatException {
        return new HeatCapacity(
                1e3 * number(record, 7, 16),
                1e-2 * number(record, 19, 28),
                1e3 * number(record, 31, 40),
                1e3 * number(record, 43, 52));
    }

    private Aqueous aqueous(int first) throws DatabaseFormatException {
        double[] f = {
            number(first + 3, 7, 16), number(first + 3, 19, 28), number(first + 3, 31, 38),
            number(first + 4, 7, 15), number(first + 4, 18, 26), number(first + 4, 29, 37),
            number(first + 4, 40, 48), number(first + 5, 7, 15), number(first + 5, 18, 26),
            number(first + 5, 29, 37)
        };
        boolean known = !unknown(f[1], UNKNOWN_CONVERTED) && !unknown(f[2], UNKNOWN_CONVERTED);
        for (int i = 3; i < f.length; i++) {
            known &= !unknown(f[i], UNKNOWN);
        }
        return new Aqueous(
                label(first),
                1e3 * f[0],
                1e3 * f[1],
                f[2],
                0.1 * f[3],
                1e2 * f[4],
                f[5],
                1e4 * f[6],
                f[7],
                1e4 * f[8],
                1e5 * f[9],
                number(first + 5, 40, 42),
                known);
    }

    private static boolean unknown(double value, double marker) {
        return Math.abs(value - marker) < 0.0015;
    }

    private Label label(int first) {
        var name = text(first, 2, 21);
        var formula = text(first, 22, 51);
        var elements = text(first + 1, 22, 51);
        return new Label(
                name,
                formula,
                text(first + 1, 2, 21),
                text(first + 2, 2, 21),
                text(first + 2, 22, 51),
                Composition.parse(elements, formula, FORMULA));
    }

    private String text(int record, int from, int to) {
        int start = (record - 1) * RECORD;
        return new String(content, start + from - 1, to - from + 1, StandardCharsets.ISO_8859_1).strip();
    }

    /** A number in the columns given, 1-based and inclusive; blank is zero, as in Fortran. */
    private double number(int record, int from, int to) throws DatabaseFormatException {
        var text = text(record, from, to);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value) && !text.endsWith("d") && !text.endsWith("f")) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the place.
        }
        throw new DatabaseFormatException(
                "Record %d, columns %d to %d: \"%s\" is not a number".formatted(record, from, to, text));
    }
}
