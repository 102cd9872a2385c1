package org.colonnade.geochemistry;

/** A number with its unit. The number may be {@code NaN}, which means that there is no value. */
public record Quantity(double value, Unit unit) {

    /** @throws IllegalArgumentException when the units measure different things */
    public Quantity in(Unit other) {
        return new Quantity(unit.convert(value, other), other);
    }

    public boolean isMissing() {
        return Double.isNaN(value);
    }

    /** Number and unit with all digits, e.g. {@code 1.4213109 mol/kg}. */
    @Override
    public String toString() {
        return unit == Unit.ONE ? Double.toString(value) : value + " " + unit.symbol();
    }
}
