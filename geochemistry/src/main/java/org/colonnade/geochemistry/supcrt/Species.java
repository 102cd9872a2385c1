package org.colonnade.geochemistry.supcrt;

/** A substance whose standard properties can be computed. Molal, per mole of the formula; 298.15 K and 1 bar. */
public sealed interface Species {

    /** Name, formula, composition and source. */
    Label label();

    /** Kind as lists and files name it. */
    Kind kind();

    /** Name, unique in its database. */
    default String name() {
        return label().name();
    }

    /** Elements and charge. */
    default Composition composition() {
        return label().composition();
    }

    /** False where the database lists the species but gives no thermodynamic data for it. */
    default boolean hasData() {
        return true;
    }

    /** The kinds of species, in the order in which a database is searched. */
    enum Kind {
        MINERAL,
        GAS,
        AQUEOUS,
        WATER,
        ELECTRON
    }

    /**
     * A pure solid.
     *
     * @param gibbs ΔfG, J/mol
     * @param enthalpy ΔfH, J/mol
     * @param entropy J/(mol K)
     * @param volume J/bar
     * @param highestTemperature K, to which the heat capacity was fitted
     */
    record Mineral(
            Label label,
            double gibbs,
            double enthalpy,
            double entropy,
            double volume,
            HeatCapacity heatCapacity,
            Compression compression,
            Transition transition,
            double highestTemperature)
            implements Species {
        @Override
        public Kind kind() {
            return Kind.MINERAL;
        }
    }

    /**
     * An ideal gas at 1 bar.
     *
     * @param gibbs ΔfG, J/mol
     * @param enthalpy ΔfH, J/mol
     * @param entropy J/(mol K)
     * @param volume J/bar, 0 in all known databases
     * @param highestTemperature K
     */
    record Gas(
            Label label,
            double gibbs,
            double enthalpy,
            double entropy,
            double volume,
            HeatCapacity heatCapacity,
            double highestTemperature)
            implements Species {
        @Override
        public Kind kind() {
            return Kind.GAS;
        }
    }

    /**
     * A dissolved species at infinite dilution, hypothetical 1 molal, with the parameters of the revised
     * Helgeson-Kirkham-Flowers equations (Tanger and Helgeson 1988).
     *
     * @param gibbs ΔfG, J/mol
     * @param enthalpy ΔfH, J/mol
     * @param entropy J/(mol K)
     * @param a1 J/(mol bar)
     * @param a2 J/mol
     * @param a3 J K/(mol bar)
     * @param a4 J K/mol
     * @param c1 J/(mol K)
     * @param c2 J K/mol
     * @param omega conventional Born coefficient at 298.15 K and 1 bar, J/mol
     * @param charge in units of the elementary charge
     * @param hasData false where the source marks the parameters as unknown
     */
    record Aqueous(
            Label label,
            double gibbs,
            double enthalpy,
            double entropy,
            double a1,
            double a2,
            double a3,
            double a4,
            double c1,
            double c2,
            double omega,
            double charge,
            boolean hasData)
            implements Species {
        @Override
        public Kind kind() {
            return Kind.AQUEOUS;
        }
    }

    /** Pure water, computed from its equation of state. */
    record Water(Label label) implements Species {
        /** The one water. */
        public static final Water H2O = new Water(new Label("H2O", "H2O", "H2O", "HGK84", "", Composition.WATER));

        @Override
        public Kind kind() {
            return Kind.WATER;
        }
    }

    /**
     * The electron on the scale of the standard hydrogen electrode: H⁺ + e⁻ = ½ H₂(g) with zero Gibbs energy at every
     * temperature and pressure, and H⁺ zero throughout, so its properties are those of half a mole of hydrogen.
     *
     * @param hydrogen the gas of the database in use
     */
    record Electron(Label label, Gas hydrogen) implements Species {
        @Override
        public Kind kind() {
            return Kind.ELECTRON;
        }

        static Electron of(Gas hydrogen) {
            return new Electron(
                    new Label("e-", "e-", "e-", hydrogen.label().reference(), "", Composition.ELECTRON), hydrogen);
        }
    }
}
