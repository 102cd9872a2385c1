package org.colonnade.calculators.description;

/**
 * What the plot of a page shows before anybody asked for anything else.
 *
 * @param input what runs along the axis
 * @param values {@code start:stop:step} or a list, in the unit of the input
 * @param second of what there is one curve for each value; {@code none} for a single curve
 * @param secondValues a list; empty for none
 */
public record DefaultSweep(String input, String values, String second, String secondValues) {

    public static DefaultSweep of(String input, String values) {
        return new DefaultSweep(input, values, "none", "");
    }
}
