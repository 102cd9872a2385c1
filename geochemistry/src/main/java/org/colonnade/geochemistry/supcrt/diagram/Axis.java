package org.colonnade.geochemistry.supcrt.diagram;

import org.colonnade.geochemistry.InputException;

/** One axis of a predominance diagram, from the lower to the higher value. */
public record Axis(Variable variable, double from, double to) {

    /** @throws InputException if the ends are not finite and ascending */
    public Axis {
        InputException.finite(variable.label(), from);
        InputException.finite(variable.label(), to);
        if (!(from < to)) {
            throw new InputException(
                    variable.label(), "%s must ascend, not go from %s to %s".formatted(variable.label(), from, to));
        }
    }

    public static Axis ph(double from, double to) {
        return new Axis(new Variable.Ph(), from, to);
    }

    /** V. */
    public static Axis eh(double from, double to) {
        return new Axis(new Variable.Eh(), from, to);
    }

    public static Axis pe(double from, double to) {
        return new Axis(new Variable.Pe(), from, to);
    }

    public static Axis logActivity(String species, double from, double to) {
        return new Axis(new Variable.LogActivity(species), from, to);
    }

    public static Axis logRatio(String ion, double from, double to) {
        return new Axis(new Variable.LogRatio(ion), from, to);
    }
}
