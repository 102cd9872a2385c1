package org.colonnade.geochemistry.h2s;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;
import org.colonnade.geochemistry.WaterVapourPressure;

/**
 * Solubility of H2S in water and NaCl brine by Duan, Sun, Liu and Zhu (2007), Energy &amp; Fuels 21:2056-2065, Eq. 5:
 *
 * <p>{@code ln m = ln(y φ P) - μ/RT - 2 λ mNaCl - ζ mNaCl²}, {@code y = (P - P_H2O)/P}.
 *
 * <p>The digits of μ stand in two public programs, one of which divides by 630 - T instead of 680 - T. Those of λ, ζ and of the
 * equation of state have not been compared with the paper, and every result says so; the fugacity coefficients agree
 * with Lemmon and Span (2006) to 1.3 % below 373 K and 2.6 % above, and the salting out with the tables of Ji and Zhu to 11 %. Beyond
 * 200 bar the pressure term makes the model useless, so it refuses.
 */
public final class Duan2007 {

    public static final Reference DUAN_2007 = new Reference(
            "Duan2007",
            List.of("Duan, Z.", "Sun, R.", "Liu, R.", "Zhu, C."),
            2007,
            "Accurate thermodynamic model for the calculation of H2S solubility in pure water and brines",
            "Energy & Fuels",
            "21",
            "2056-2065",
            null);

    public static final Validity VALIDITY = Validity.of(
            new Validity.Range("Temperature", Unit.KELVIN, 273, 500),
            new Validity.Range("Pressure", Unit.BAR, 0, 200),
            new Validity.Range("mNaCl", Unit.MOLE_PER_KG_WATER, 0, 6));

    private static final Flag PROVISIONAL = new Flag(
            Flag.Kind.PROVISIONAL,
            "Part of the constants of this model has not been compared with its publication: use it for comparison only");

    private Duan2007() {}

    /**
     * @param molality of dissolved H2S, mol/kg of water
     * @param moleFraction the same as mole fraction, counted without salt
     * @param fugacityCoefficient of H2S in the gas; missing below the vapour pressure of water
     */
    public record State(Quantity molality, Quantity moleFraction, Quantity fugacityCoefficient) {}

    /**
     * @param t 273 to 500 K
     * @param p 0 to 200 bar
     * @param m 0 to 6 mol/kg NaCl
     * @throws InputException outside these ranges
     */
    public static Computed<State> at(double t, double p, double m) {
        check(0, t);
        check(1, p);
        check(2, m);
        double water = WaterVapourPressure.bar(t);
        var flags = new ArrayList<Flag>(List.of(PROVISIONAL));
        double phi = Double.NaN;
        double molality = 0;
        if (p > water) {
            phi = HydrogenSulfideGas.fugacityCoefficient(t, p);
            molality = (p - water) * phi * Math.exp(-potential(t, p) - 2 * m * lambda(t, p) - m * m * ZETA);
        } else {
            flags.addFirst(new Flag(
                    Flag.Kind.BELOW_VAPOUR_PRESSURE,
                    "The pressure is not above the vapour pressure of water, %.4f bar: nothing dissolves"
                            .formatted(water)));
        }
        var state = new State(
                new Quantity(molality, Unit.MOLE_PER_KG_WATER),
                new Quantity(molality / (molality + 55.508), Unit.ONE),
                new Quantity(phi, Unit.ONE));
        return new Computed<>(state, "Duan et al. (2007)", flags, VALIDITY, List.of(DUAN_2007));
    }

    /** ζ(H2S-Na-Cl), Table 2 of the paper. */
    private static final double ZETA = -1.0832589e-2;

    /** μ(l,0)/RT of H2S, Table 2 of the paper; T in K, P in bar. */
    static double potential(double t, double p) {
        return 42.564957
                - 8.6260377e-2 * t
                - 6084.3775 / t
                + 6.8714437e-5 * t * t
                - 102.76849 / (680 - t)
                + 8.4482895e-4 * p
                - 1.0590768 * p / (680 - t)
                + 3.5665902e-3 * p * p / t;
    }

    /** λ(H2S-Na), Table 2 of the paper; T in K, P in bar. */
    static double lambda(double t, double p) {
        return 8.5004999e-2 + 3.5330378e-5 * t - 1.5882605 / t + 1.1894926e-5 * p;
    }

    private static void check(int input, double value) {
        var range = VALIDITY.ranges().get(input);
        InputException.finite(range.name(), value);
        if (!range.contains(value)) {
            throw new InputException(
                    range.name(),
                    "%s is outside the range of the model of Duan et al. (2007): %s".formatted(range.name(), VALIDITY));
        }
    }
}
