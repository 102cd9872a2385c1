package org.colonnade.geochemistry.co2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;
import org.colonnade.geochemistry.WaterVapourPressure;

/**
 * Solubility of CO2 in water and NaCl brine by Duan, Sun, Zhu and Chou (2006), Marine Chemistry 98:131-139, Eq. 1, after
 * Duan and Sun (2003), Chemical Geology 193:257-271, Eq. 9:
 *
 * <p>{@code ln m = ln(y φ P) - μ/RT - 2 λ mNaCl - ζ mNaCl²}, {@code y = (P - P_H2O)/P}.
 *
 * <p>One object per set of constants, immutable and thread-safe. {@link #at} gives one point with everything that belongs
 * to it; {@link #fill} fills arrays and allocates nothing.
 */
public final class Co2Solubility {

    /** The model with the fugacity formula that is used here. */
    public static final Reference DUAN_2006 = new Reference(
            "Duan2006",
            List.of("Duan, Z.", "Sun, R.", "Zhu, C.", "Chou, I.-M."),
            2006,
            "An improved model for the calculation of CO2 solubility in aqueous solutions containing Na+, K+, Ca2+,"
                    + " Mg2+, Cl-, and SO42-",
            "Marine Chemistry",
            "98",
            "131-139",
            "10.1016/j.marchem.2005.09.001");

    /** The first form of the model, with the vapour pressure of water. */
    public static final Reference DUAN_2003 = new Reference(
            "Duan2003",
            List.of("Duan, Z.", "Sun, R."),
            2003,
            "An improved model calculating CO2 solubility in pure water and aqueous NaCl solutions from 273 to 533 K and"
                    + " from 0 to 2000 bar",
            "Chemical Geology",
            "193",
            "257-271",
            "10.1016/S0009-2541(02)00263-2");

    /** Outside of it {@link #at} refuses. */
    public static final Validity VALIDITY = Validity.of(
            new Validity.Range("Temperature", Unit.KELVIN, 273, 533),
            new Validity.Range("Pressure", Unit.BAR, 0, 2000),
            new Validity.Range("mNaCl", Unit.MOLE_PER_KG_WATER, 0, 4.5));

    private static final String RANGE =
            " is out of bounds: T-P-X range of this model: 273-533 K, 0-2000 bar, 0-4.5 mNaCl!";
    private static final double HYDRATE_LIMIT = 283;

    private final ConstantSet constants;

    public Co2Solubility(ConstantSet constants) {
        this.constants = constants;
    }

    /**
     * One point with all intermediate quantities.
     *
     * @param temperature 273 to 533 K
     * @param pressure 0 to 2000 bar
     * @param sodiumChloride 0 to 4.5 mol/kg of water
     * @throws InputException outside these ranges, in this order, or for a number that is not finite
     */
    public Computed<Co2State> at(double temperature, double pressure, double sodiumChloride) {
        var row = new double[COLUMNS];
        compute(temperature, pressure, sodiumChloride, row);
        var state = new Co2State(
                new Quantity(temperature, Unit.KELVIN),
                new Quantity(pressure, Unit.BAR),
                new Quantity(sodiumChloride, Unit.MOLE_PER_KG_WATER),
                new Quantity(row[MOLALITY], Unit.MOLE_PER_KG_WATER),
                new Quantity(row[VAPOUR_PRESSURE], Unit.BAR),
                new Quantity(row[GAS_FRACTION], Unit.ONE),
                new Quantity(row[FUGACITY_COEFFICIENT], Unit.ONE),
                new Quantity(row[CHEMICAL_POTENTIAL], Unit.ONE),
                new Quantity(row[LAMBDA], Unit.ONE),
                new Quantity(row[ZETA], Unit.ONE),
                (int) row[REGION],
                constants);
        return new Computed<>(
                state,
                constants.model(),
                flags(temperature, pressure, row[VAPOUR_PRESSURE]),
                VALIDITY,
                List.of(DUAN_2006, DUAN_2003));
    }

    /** Position of the dissolved CO2, mol/kg of water, in the array that {@link #compute} fills. */
    public static final int MOLALITY = 0;

    /** Position of the vapour pressure of water, bar. */
    public static final int VAPOUR_PRESSURE = 1;

    /** Position of the mole fraction of CO2 in the gas. */
    public static final int GAS_FRACTION = 2;

    /** Position of the fugacity coefficient of CO2. */
    public static final int FUGACITY_COEFFICIENT = 3;

    /** Position of μ/RT. */
    public static final int CHEMICAL_POTENTIAL = 4;

    /** Position of λ(CO2-Na), kg/mol. */
    public static final int LAMBDA = 5;

    /** Position of ζ(CO2-Na-Cl), kg²/mol². */
    public static final int ZETA = 6;

    /** Position of the region of the fugacity formula, 1 to 6. */
    public static final int REGION = 7;

    /** How many numbers {@link #compute} gives. */
    public static final int COLUMNS = 8;

    /**
     * The numbers of one point without allocation, for sweeps and batches.
     *
     * @param row receives {@value #COLUMNS} numbers at the positions named above
     * @throws InputException as {@link #at}
     */
    public void compute(double temperature, double pressure, double sodiumChloride, double[] row) {
        check(temperature, pressure, sodiumChloride);
        double water = WaterVapourPressure.bar(temperature);
        row[VAPOUR_PRESSURE] = water;
        row[REGION] = FugacityCoefficient.region(temperature, pressure);
        row[GAS_FRACTION] = Math.max(0, pressure - water) / (pressure == 0 ? 1 : pressure);
        if (pressure == 0) {
            row[MOLALITY] = 0;
            row[FUGACITY_COEFFICIENT] = Double.NaN;
            row[CHEMICAL_POTENTIAL] = Double.NaN;
            row[LAMBDA] = Double.NaN;
            row[ZETA] = Double.NaN;
            return;
        }
        double phi = FugacityCoefficient.at(temperature, pressure, (int) row[REGION]);
        double potential = constants.chemicalPotential(temperature, pressure);
        double lambda = constants.lambda(temperature, pressure);
        double zeta = constants.zeta(temperature, pressure);
        row[FUGACITY_COEFFICIENT] = phi;
        row[CHEMICAL_POTENTIAL] = potential;
        row[LAMBDA] = lambda;
        row[ZETA] = zeta;
        row[MOLALITY] = row[GAS_FRACTION] == 0
                ? 0
                : row[GAS_FRACTION]
                        * phi
                        * pressure
                        * Math.exp(-potential - 2 * lambda * sodiumChloride - zeta * sodiumChloride * sodiumChloride);
    }

    /**
     * Molalities along three arrays of equal length.
     *
     * @throws InputException for the first point outside the ranges of {@link #at}
     */
    public void fill(double[] temperature, double[] pressure, double[] sodiumChloride, double[] molality) {
        var row = new double[COLUMNS];
        for (int i = 0; i < molality.length; i++) {
            compute(temperature[i], pressure[i], sodiumChloride[i], row);
            molality[i] = row[MOLALITY];
        }
    }

    /**
     * A number that changes where the formula changes its constants. Between two points with different numbers the
     * solubility may have a step of up to some percent, which a plot must not hide.
     */
    public int branch(double temperature, double pressure) {
        int low = constants == ConstantSet.GATEWAY && temperature <= ConstantSet.LOW_BRANCH_LIMIT ? 10 : 0;
        return low + FugacityCoefficient.region(temperature, pressure);
    }

    private static void check(double temperature, double pressure, double sodiumChloride) {
        InputException.finite("Temperature", temperature);
        InputException.finite("Pressure", pressure);
        InputException.finite("mNaCl", sodiumChloride);
        checkRange(0, temperature);
        checkRange(1, pressure);
        checkRange(2, sodiumChloride);
    }

    private static void checkRange(int input, double value) {
        var range = VALIDITY.ranges().get(input);
        if (!range.contains(value)) {
            throw new InputException(range.name(), range.name() + RANGE);
        }
    }

    private static List<Flag> flags(double temperature, double pressure, double water) {
        var flags = new ArrayList<Flag>(2);
        if (pressure < water) {
            flags.add(new Flag(
                    Flag.Kind.BELOW_VAPOUR_PRESSURE,
                    String.format(
                            Locale.ROOT,
                            "The pressure is below the vapour pressure of water at this temperature, %.4f bar: nothing"
                                    + " dissolves",
                            water)));
        }
        if (temperature < HYDRATE_LIMIT) {
            flags.add(new Flag(
                    Flag.Kind.HYDRATE_POSSIBLE,
                    "Below about 283 K CO2 hydrate may form at high pressure; the value is then metastable"));
        }
        return flags;
    }
}
