package org.colonnade.geochemistry.supcrt;

/**
 * Equally spaced values of one state variable, both ends included.
 *
 * @param min first value
 * @param max last value; the same as the first for a single value
 * @param increment step, of the sign of the difference; any value if there is no difference
 */
public record Range(double min, double max, double increment) {

    private static final double WHOLE = 1e-6;

    /** One value. */
    public static Range single(double value) {
        return new Range(value, value, 0);
    }

    /**
     * The values.
     *
     * @param field how the range is called in messages
     * @param most as many are allowed
     * @throws GridException if a number is not finite, the increment is zero or of the wrong sign, does not divide the
     *     difference, or gives too many values
     */
    public double[] values(String field, int most) {
        if (!Double.isFinite(min) || !Double.isFinite(max) || !Double.isFinite(increment)) {
            throw new GridException(field, field + ": minimum, maximum and increment must be finite numbers");
        }
        if (min == max) {
            return new double[] {min};
        }
        if (increment == 0) {
            throw new GridException(
                    field, "%s: an increment of 0 never leads from %s to %s".formatted(field, min, max));
        }
        double steps = (max - min) / increment;
        if (steps < 0) {
            throw new GridException(
                    field, "%s: an increment of %s leads away from %s".formatted(field, increment, max));
        }
        if (steps + 1 > most) {
            throw new GridException(
                    field, "%s: %.0f values, but at most %d are allowed".formatted(field, Math.floor(steps) + 1, most));
        }
        long whole = Math.round(steps);
        if (Math.abs(steps - whole) > WHOLE) {
            double nearest = min + Math.max(1, Math.floor(steps)) * increment;
            throw new GridException(
                    field,
                    "%s: %s to %s is not a whole number of steps of %s; the nearest maximum is %s"
                            .formatted(
                                    field, min, max, increment, Composition.number(Math.round(nearest * 1e9) / 1e9)));
        }
        var values = new double[(int) whole + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = min + i * increment;
        }
        values[values.length - 1] = max;
        return values;
    }
}
