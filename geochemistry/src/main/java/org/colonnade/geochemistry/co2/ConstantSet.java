package org.colonnade.geochemistry.co2;

/**
 * The two known sets of constants for the chemical potential and the ion interactions of dissolved CO2. They give up to
 * 27 % different solubilities, so every result says which one it was computed with.
 */
public enum ConstantSet {
    /**
     * The constants of the long-running online calculator. Above 290 K its chemical potential is the published one;
     * the branch up to 290 K and the revised interactions with NaCl are in no known publication. They are
     * single-precision numbers that are widened to double, and are written so here.
     */
    GATEWAY(
            "gateway",
            "Duan et al. (2006), constants of the online calculator",
            new Interaction(
                    28.94477f,
                    -0.035458177f,
                    -4770.671f,
                    1.0278277e-5f,
                    33.81261f,
                    9.0403715e-3f,
                    -1.1493403e-3f,
                    -0.30740574f,
                    -0.090730146f,
                    9.327134e-4f,
                    0),
            new Interaction(
                    134.72067f,
                    -0.3672729f,
                    -14132.405f,
                    4.7809063e-4f,
                    -5622.808f,
                    0.07918156f,
                    -0.012283602f,
                    -2.9597664f,
                    0.65155995f,
                    7.4901467e-4f,
                    0),
            new Interaction(
                    -0.4557352f, 6.925334e-4f, 105.47064f, 0, 0, 0, 0, -0.026016958f, 0.017399678f, 0, 8.703588e-6f),
            new Interaction(-2.860943e-4f, -2.0419231e-5f, 0, 0, 0, 0, 0, 4.91588e-3f, -5.536906e-3f, 0, 0)),

    /** Tables 2 and 3 of Duan and Sun (2003), the same as in Duan et al. (2006). */
    PUBLISHED(
            "published",
            "Duan et al. (2006), published constants",
            Published.CHEMICAL_POTENTIAL,
            Published.CHEMICAL_POTENTIAL,
            new Interaction(
                    -0.411370585, 6.07632013e-4, 97.5347708, 0, 0, 0, 0, -0.0237622469, 0.0170656236, 0, 1.41335834e-5),
            new Interaction(3.36389723e-4, -1.98298980e-5, 0, 0, 0, 0, 0, 2.12220830e-3, -5.24873303e-3, 0, 0));

    /** Up to here the set {@link #GATEWAY} takes its low-temperature chemical potential, K. */
    static final double LOW_BRANCH_LIMIT = 290;

    private static final class Published {
        static final Interaction CHEMICAL_POTENTIAL = new Interaction(
                28.9447706,
                -0.0354581768,
                -4770.67077,
                1.02782768e-5,
                33.8126098,
                9.04037140e-3,
                -1.14934031e-3,
                -0.307405726,
                -0.0907301486,
                9.32713393e-4,
                0);
    }

    private final String key;
    private final String model;
    private final Interaction chemicalPotential;
    private final Interaction lowChemicalPotential;
    private final Interaction lambda;
    private final Interaction zeta;

    ConstantSet(
            String key,
            String model,
            Interaction chemicalPotential,
            Interaction lowChemicalPotential,
            Interaction lambda,
            Interaction zeta) {
        this.key = key;
        this.model = model;
        this.chemicalPotential = chemicalPotential;
        this.lowChemicalPotential = lowChemicalPotential;
        this.lambda = lambda;
        this.zeta = zeta;
    }

    /** The word for it in addresses and files: {@code gateway} or {@code published}. */
    public String key() {
        return key;
    }

    /** The model's name beside a result. */
    public String model() {
        return model;
    }

    /** μ(l,0)/RT of CO2 at T (K) and P (bar). */
    double chemicalPotential(double t, double p) {
        return (t <= LOW_BRANCH_LIMIT ? lowChemicalPotential : chemicalPotential).at(t, p);
    }

    /** λ(CO2-Na) at T (K) and P (bar). */
    double lambda(double t, double p) {
        return lambda.at(t, p);
    }

    /** ζ(CO2-Na-Cl) at T (K) and P (bar). */
    double zeta(double t, double p) {
        return zeta.at(t, p);
    }
}
