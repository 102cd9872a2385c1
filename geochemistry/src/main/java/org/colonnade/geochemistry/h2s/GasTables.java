package org.colonnade.geochemistry.h2s;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;

/**
 * Solubility of H2S and CO2 in NaCl brine by interpolation in tables that were computed with the SAFT equation of state
 * of Ji and Zhu (2012, 2013). Temperature and salinity outside a table are moved to its bound, and the result says so;
 * pressures are never moved: outside the table there is no value. Immutable and thread-safe.
 */
public final class GasTables {

    /** The equation of state behind the tables. */
    public static final Reference JI_2012 = new Reference(
            "Ji2012",
            List.of("Ji, X.", "Zhu, C."),
            2012,
            "A SAFT equation of state for the quaternary H2S-CO2-H2O-NaCl system",
            "Geochimica et Cosmochimica Acta",
            "91",
            "40-59",
            "10.1016/j.gca.2012.05.023");

    /** The mixture of CO2 and H2S. */
    public static final Reference JI_2013 = new Reference(
            "Ji2013",
            List.of("Ji, X.", "Zhu, C."),
            2013,
            "Predicting possible effects of H2S impurity on CO2 transportation and geological storage",
            "Environmental Science & Technology",
            "47",
            "55-62",
            "10.1021/es301292n");

    /** Position of the mole fraction of the dissolved gas, counted without salt, in the array that {@link #compute} fills. */
    public static final int X = SolubilityTable.X;

    /** Position of the density of the solution, kg/m³. */
    public static final int DENSITY = SolubilityTable.DENSITY;

    /** Position of the natural logarithm of the fugacity coefficient of the gas. */
    public static final int LN_PHI = SolubilityTable.LN_PHI;

    /** How many numbers {@link #compute} gives. */
    public static final int COLUMNS = 3;

    private final Map<GasSystem, SolubilityTable> tables;

    /** The tables that come with the library. */
    public GasTables() {
        this.tables = new EnumMap<>(GasSystem.class);
        for (var system : GasSystem.values()) {
            tables.put(system, SolubilityTable.shipped(system));
        }
    }

    private GasTables(Map<GasSystem, SolubilityTable> tables) {
        this.tables = tables;
    }

    /** The same with one table replaced. */
    public GasTables with(GasSystem system, SolubilityTable table) {
        var copy = new EnumMap<>(tables);
        copy.put(system, table);
        return new GasTables(copy);
    }

    /** The range of a table. */
    public Validity validity(GasSystem system) {
        var table = table(system);
        return Validity.of(
                new Validity.Range(
                        "Temperature",
                        Unit.KELVIN,
                        table.temperature().first(),
                        table.temperature().last()),
                new Validity.Range(
                        "mNaCl",
                        Unit.MOLE_PER_KG_WATER,
                        table.salinity().first(),
                        table.salinity().last()),
                new Validity.Range(
                        "Pressure",
                        Unit.BAR,
                        table.pressure().first(),
                        table.pressure().last()));
    }

    /** The temperature that a result really belongs to, K. */
    public double clampTemperature(GasSystem system, double kelvin) {
        return table(system).temperature().clamp(InputException.finite("temp", kelvin));
    }

    /** The salinity that a result really belongs to, mol/kg. */
    public double clampSalinity(GasSystem system, double molality) {
        return table(system).salinity().clamp(InputException.finite("mNaCl", molality));
    }

    /**
     * One point.
     *
     * @param temperature K, clamped to the table
     * @param sodiumChloride mol/kg of water, clamped to the table
     * @param pressure bar, 0 or more; without a value in the table the quantities are missing
     * @throws InputException for a negative pressure and for numbers that are not finite
     */
    public Computed<TableState> at(
            GasSystem system, Interpolation interpolation, double temperature, double sodiumChloride, double pressure) {
        double t = clampTemperature(system, temperature);
        double m = clampSalinity(system, sodiumChloride);
        var row = new double[COLUMNS];
        compute(system, interpolation, t, m, pressure, row);
        var state = new TableState(
                system,
                interpolation,
                new Quantity(t, Unit.KELVIN),
                new Quantity(m, Unit.MOLE_PER_KG_WATER),
                new Quantity(pressure, Unit.BAR),
                new Quantity(row[X], Unit.ONE),
                new Quantity(row[DENSITY], Unit.KILOGRAM_PER_CUBIC_METRE),
                new Quantity(row[LN_PHI], Unit.ONE));
        var flags = new ArrayList<Flag>();
        addClamped(flags, "Temperature", temperature, t, "K");
        addClamped(flags, "mNaCl", sodiumChloride, m, "mol/kg");
        flags.addAll(flags(system, t, m, pressure, row[X]));
        return new Computed<>(
                state,
                "SAFT tables of Ji and Zhu, " + interpolation.key() + " interpolation",
                flags,
                validity(system),
                List.of(JI_2012, JI_2013));
    }

    /**
     * The numbers of one point without allocation.
     *
     * @param row receives x, density and ln φ; NaN when missing
     */
    public void compute(
            GasSystem system,
            Interpolation interpolation,
            double temperature,
            double sodiumChloride,
            double pressure,
            double[] row) {
        if (!(InputException.finite("P_bar", pressure) >= 0)) {
            throw new InputException("P_bar", "The pressure must not be negative, it is %s bar".formatted(pressure));
        }
        var table = table(system);
        double t = clampTemperature(system, temperature);
        double m = clampSalinity(system, sodiumChloride);
        int p = table.pressure().below(pressure);
        if (p < 0) {
            Arrays.fill(row, 0, COLUMNS, Double.NaN);
            return;
        }
        int i = table.temperature().below(t);
        int j = table.salinity().below(m);
        double u = table.temperature().fraction(t, i);
        double v = table.salinity().fraction(m, j);
        double w = table.pressure().fraction(pressure, p);
        for (int quantity = 0; quantity < COLUMNS; quantity++) {
            row[quantity] = !table.has(quantity)
                    ? Double.NaN
                    : switch (interpolation) {
                        case TRILINEAR -> Cells.trilinear(table, quantity, i, j, p, u, v, w);
                        case COMPATIBLE -> Cells.simplicial(table, quantity, i, j, p, u, v, w);
                    };
        }
    }

    /**
     * The physical limit at zero pressure, where the table has no point: nothing dissolves.
     *
     * @return x = 0 with the flag {@code EXTRAPOLATED}; density and fugacity coefficient stay missing
     */
    public Computed<TableState> atZeroPressure(GasSystem system, double temperature, double sodiumChloride) {
        var missing = at(system, Interpolation.TRILINEAR, temperature, sodiumChloride, 0);
        var s = missing.value();
        var flags = new ArrayList<>(missing.flags());
        flags.removeIf(f -> f.kind() == Flag.Kind.MISSING);
        flags.addFirst(new Flag(
                Flag.Kind.EXTRAPOLATED, "At zero pressure nothing dissolves: a physical limit, not a table value"));
        return new Computed<>(
                new TableState(
                        system,
                        s.interpolation(),
                        s.temperature(),
                        s.sodiumChloride(),
                        s.pressure(),
                        new Quantity(0, Unit.ONE),
                        s.density(),
                        s.lnFugacityCoefficient()),
                missing.model(),
                flags,
                missing.validity(),
                missing.references());
    }

    /** What a reader must know about a point of a table. */
    private List<Flag> flags(GasSystem system, double t, double m, double pressure, double x) {
        var flags = new ArrayList<Flag>();
        if (Double.isNaN(x)) {
            var range = validity(system).ranges().get(2);
            flags.add(new Flag(
                    Flag.Kind.MISSING, "The table has no value at %s bar; it covers %s".formatted(pressure, range)));
        }
        if (nearGasSaturation(system, t, m, pressure)) {
            flags.add(new Flag(
                    Flag.Kind.NEAR_GAS_SATURATION,
                    "The table follows the gas at 323.15 K up to 50 bar, beyond the dew line of H2S: x may be too large"
                            + " by up to 36 %"));
        }
        if (outlier(system, t, m, pressure)) {
            flags.add(Flag.note(
                    "The table's point at 348.15 K, 6 mol/kg and 20 bar stands out: x there is above that of 5"
                            + " mol/kg, and some 22 % above what its neighbours suggest"));
        }
        if (system == GasSystem.H2S && t < 323.15 && pressure > 30 && pressure < 40) {
            flags.add(Flag.note("At 298.15 K the gas becomes liquid between 30 and 40 bar: ln φ has a step there, and"
                    + " interpolation across it is poor"));
        }
        if (system == GasSystem.CO2_H2S) {
            flags.add(Flag.note("gas composition as in Ji & Zhu 2013"));
        }
        return flags;
    }

    /** Whether the interpolation uses the doubtful points 323.15 K, 40 and 50 bar, with salt, of the H2S table. */
    public static boolean nearGasSaturation(GasSystem system, double t, double m, double pressure) {
        return system == GasSystem.H2S && t > 298.15 && t < 348.15 && m > 0 && pressure > 30 && pressure < 60;
    }

    /** Whether the interpolation uses the one point of the H2S table at which x rises with the salt. */
    static boolean outlier(GasSystem system, double t, double m, double pressure) {
        return system == GasSystem.H2S && t > 323.15 && t < 373.15 && m > 5 && pressure > 10 && pressure < 30;
    }

    private static void addClamped(List<Flag> flags, String name, double asked, double used, String unit) {
        if (asked != used) {
            flags.add(new Flag(
                    Flag.Kind.CLAMPED,
                    "%s %s %s is outside the table: the value is that at %s %s"
                            .formatted(name, asked, unit, used, unit)));
        }
    }

    private SolubilityTable table(GasSystem system) {
        return Objects.requireNonNull(tables.get(system));
    }
}
