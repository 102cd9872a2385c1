package org.colonnade.geochemistry.h2s;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Quantities on a grid of temperature, salinity and pressure. The text form explains itself: see the files
 * {@code *.table} beside this class. An operator may supply a table of his own in this form.
 */
public final class SolubilityTable {

    static final int X = 0;
    static final int DENSITY = 1;
    static final int LN_PHI = 2;
    private static final String[] NAMES = {"x", "rho", "lnphi"};

    private final String system;
    private final Axis temperature;
    private final Axis salinity;
    private final Axis pressure;
    private final double[] @Nullable [] quantities;

    private SolubilityTable(
            String system, Axis temperature, Axis salinity, Axis pressure, double[] @Nullable [] quantities) {
        this.system = system;
        this.temperature = temperature;
        this.salinity = salinity;
        this.pressure = pressure;
        this.quantities = quantities;
    }

    static SolubilityTable shipped(GasSystem system) {
        String file = system.file() + ".table";
        try (var stream = Objects.requireNonNull(SolubilityTable.class.getResourceAsStream(file), file)) {
            return read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a table in UTF-8.
     *
     * @throws IOException when it is not a table, with the number of the line that is wrong
     */
    public static SolubilityTable read(InputStream stream) throws IOException {
        return new Parser(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))).table();
    }

    /** Its name, e.g. {@code H2S-H2O-NaCl}. */
    public String system() {
        return system;
    }

    Axis temperature() {
        return temperature;
    }

    Axis salinity() {
        return salinity;
    }

    Axis pressure() {
        return pressure;
    }

    /** Whether the table holds density and fugacity coefficient beside the mole fraction. */
    public boolean has(int quantity) {
        return quantities[quantity] != null;
    }

    /** NaN when missing. */
    double node(int quantity, int t, int m, int p) {
        double[] values = Objects.requireNonNull(quantities[quantity]);
        return values[(t * salinity.nodes().length + m) * pressure.nodes().length + p];
    }

    private static final class Parser {

        private final BufferedReader reader;
        private int line;
        private @Nullable String current;

        Parser(BufferedReader reader) {
            this.reader = reader;
        }

        SolubilityTable table() throws IOException {
            next();
            String system = field("system");
            field("source");
            var temperature = axis("T_K");
            var salinity = axis("NaCl_mol_kg");
            var pressure = axis("P_bar");
            int rows = temperature.nodes().length * salinity.nodes().length;
            int columns = pressure.nodes().length;
            double[] @Nullable [] quantities = new double[NAMES.length] @Nullable [];
            while (current != null) {
                String name = field("quantity").split(" ")[0];
                int quantity = Arrays.asList(NAMES).indexOf(name);
                if (quantity < 0) {
                    throw wrong("an unknown quantity, " + name);
                }
                double[] values = new double[rows * columns];
                for (int row = 0; row < rows; row++) {
                    double[] numbers = numbers(current == null ? "" : current);
                    if (numbers.length != columns) {
                        throw wrong("%d numbers where %d pressures are".formatted(numbers.length, columns));
                    }
                    System.arraycopy(numbers, 0, values, row * columns, columns);
                    next();
                }
                quantities[quantity] = values;
            }
            if (quantities[X] == null) {
                throw wrong("no quantity x");
            }
            return new SolubilityTable(system, temperature, salinity, pressure, quantities);
        }

        private Axis axis(String name) throws IOException {
            try {
                return new Axis(numbers(field(name)));
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        private String field(String name) throws IOException {
            if (current == null || !current.startsWith(name + ":")) {
                throw wrong("no line '" + name + ":'");
            }
            String value = current.substring(name.length() + 1).strip();
            next();
            return value;
        }

        private double[] numbers(String text) throws IOException {
            try {
                return Arrays.stream(text.strip().split(" +"))
                        .mapToDouble(n -> n.equals("-") ? Double.NaN : Double.parseDouble(n))
                        .toArray();
            } catch (NumberFormatException e) {
                throw wrong("a number that cannot be read");
            }
        }

        private void next() throws IOException {
            do {
                current = reader.readLine();
                line++;
            } while (current != null && (current.startsWith("#") || current.isBlank()));
        }

        private IOException wrong(String what) {
            return new IOException("This is no solubility table: %s at line %d".formatted(what, line));
        }
    }
}
