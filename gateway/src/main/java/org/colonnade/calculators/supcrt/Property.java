package org.colonnade.calculators.supcrt;

import java.util.Arrays;
import java.util.List;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.supcrt.ReactionTable;

/** What can be plotted of a reaction, with its unit in joules and in calories. */
enum Property {
    LOG_K("logK", "log K", Unit.ONE, Unit.ONE) {
        @Override
        double si(ReactionTable table, int row) {
            return table.logK(row);
        }
    },
    GIBBS("dG", "ΔG°", Unit.KILOJOULE_PER_MOLE, Unit.CALORIE_PER_MOLE) {
        @Override
        double si(ReactionTable table, int row) {
            return table.gibbs(row) / 1e3;
        }
    },
    ENTHALPY("dH", "ΔH°", Unit.KILOJOULE_PER_MOLE, Unit.CALORIE_PER_MOLE) {
        @Override
        double si(ReactionTable table, int row) {
            return table.enthalpy(row) / 1e3;
        }
    },
    ENTROPY("dS", "ΔS°", Unit.JOULE_PER_MOLE_KELVIN, Unit.CALORIE_PER_MOLE_KELVIN) {
        @Override
        double si(ReactionTable table, int row) {
            return table.entropy(row);
        }
    },
    HEAT_CAPACITY("dCp", "ΔCp°", Unit.JOULE_PER_MOLE_KELVIN, Unit.CALORIE_PER_MOLE_KELVIN) {
        @Override
        double si(ReactionTable table, int row) {
            return table.heatCapacity(row);
        }
    },
    VOLUME("dV", "ΔV°", Unit.JOULE_PER_MOLE_BAR, Unit.CUBIC_CENTIMETRE_PER_MOLE) {
        @Override
        double si(ReactionTable table, int row) {
            return table.volume(row);
        }
    };

    private final String key;
    private final String label;
    private final Unit joules;
    private final Unit calories;

    Property(String key, String label, Unit joules, Unit calories) {
        this.key = key;
        this.label = label;
        this.joules = joules;
        this.calories = calories;
    }

    static Property of(String key) {
        return Arrays.stream(values())
                .filter(p -> p.key.equals(key))
                .findFirst()
                .orElse(LOG_K);
    }

    static List<Property> all() {
        return List.of(values());
    }

    /** As it stands in addresses. */
    String key() {
        return key;
    }

    String label() {
        return label;
    }

    Unit unit(boolean inCalories) {
        return inCalories ? calories : joules;
    }

    /** Empty for a bare number. */
    String symbol(boolean inCalories) {
        return this == LOG_K ? "" : unit(inCalories).symbol();
    }

    /** In kJ/mol, J/(mol K) or J/(mol bar); NaN when there is no value. */
    abstract double si(ReactionTable table, int row);

    double value(ReactionTable table, int row, boolean inCalories) {
        return joules.convert(si(table, row), unit(inCalories));
    }
}
