package org.colonnade.geochemistry.supcrt;

import org.colonnade.geochemistry.supcrt.Species.Aqueous;

/**
 * The revised Helgeson-Kirkham-Flowers equations: Tanger and Helgeson (1988), appendix B; Shock et al. (1992), equations
 * 9-23 for the Born coefficient; collected by Johnson, Oelkers and Helgeson (1992), equations 52-61.
 */
final class AqueousEquations {

    private static final double CALORIE = 4.184;

    /** η, J Å/mol. */
    private static final double ETA = 1.66027e5 * CALORIE;

    /** -Z - 1 at 298.15 K and 1 bar; Z = -1/ε. */
    private static final double REFERENCE_Z1 = 0.01278034682 - 1;

    /** Y at 298.15 K and 1 bar, 1/K. */
    private static final double REFERENCE_Y = -5.798650444e-5;

    /** Effective radius increment of cations, and of the proton to which conventional values refer, Å. */
    private static final double PROTON_RADIUS = 3.082;

    /** The original converts cal/bar to cm³ by 41.84004 and cm³ to J/bar by 10. */
    private static final double VOLUME_FACTOR = 41.84004 / 41.84;

    private AqueousEquations() {}

    static void fill(Aqueous s, Conditions at, PropertyColumns out) {
        var terms = at.hkf;
        double a1 = s.a1();
        double a2 = s.a2();
        double a3 = s.a3();
        double a4 = s.a4();
        double c1 = s.c1();
        double c2 = s.c2();
        double wr = s.omega();
        double z = s.charge();
        double tr = Conditions.REFERENCE_TEMPERATURE;
        boolean fixed = z == 0 || s.name().equals("H+");
        double size = Math.abs(z);
        double radius = fixed ? 1 : z * z / (wr / ETA + z / PROTON_RADIUS);
        double gibbs0 = s.gibbs() - wr * REFERENCE_Z1;
        double enthalpy0 = s.enthalpy() - wr * REFERENCE_Z1 - wr * tr * REFERENCE_Y;
        double entropy0 = s.entropy() - wr * REFERENCE_Y;
        for (int i = 0; i < at.size(); i++) {
            double w = wr;
            double wP = 0;
            double wT = 0;
            double wTt = 0;
            if (!fixed) {
                double g = at.g[i];
                double re = 1 / (radius + size * g);
                double rh = 1 / (PROTON_RADIUS + g);
                double gT = at.gByTemperature[i];
                double z3 = size * z * z * re * re - z * rh * rh;
                double z4 = z * z * z * z * re * re * re - z * rh * rh * rh;
                w = ETA * (z * z * re - z * rh);
                wP = -ETA * z3 * at.gByPressure[i];
                wT = -ETA * z3 * gT;
                wTt = 2 * ETA * z4 * gT * gT - ETA * z3 * at.gByTemperature2[i];
            }
            double t = at.kelvin[i];
            double dt = t - tr;
            double inverse = terms.inverse[i];
            double compressed = a3 * terms.pressure[i] + a4 * terms.log[i];
            double pressed = a1 * terms.pressure[i] + a2 * terms.log[i];
            double z1 = at.bornZ1[i];
            double y = at.bornY[i];
            out.gibbs[i] = gibbs0
                    - s.entropy() * dt
                    + wr * REFERENCE_Y * dt
                    + c1 * terms.gibbsC1[i]
                    + c2 * terms.gibbsC2[i]
                    + pressed
                    + inverse * compressed
                    + w * z1;
            out.enthalpy[i] = enthalpy0
                    + c1 * dt
                    + c2 * terms.enthalpyC2[i]
                    + pressed
                    + compressed * terms.enthalpyA[i]
                    + w * z1
                    + w * t * y
                    - t * z1 * wT;
            out.entropy[i] = entropy0
                    + c1 * at.solid.entropyA[i]
                    + c2 * terms.entropyC2[i]
                    + inverse * inverse * compressed
                    + w * y
                    - z1 * wT;
            out.heatCapacity[i] = c1
                    + c2 * inverse * inverse
                    - 2 * t * inverse * inverse * inverse * compressed
                    + w * t * at.bornX[i]
                    + 2 * t * y * wT
                    - t * z1 * wTt;
            double per = terms.perPressure[i];
            out.volume[i] = VOLUME_FACTOR * (a1 + a2 * per + inverse * (a3 + a4 * per) - w * at.bornQ[i] + z1 * wP);
        }
    }
}
