package org.colonnade.geochemistry;

/**
 * Something a reader of a value must know.
 *
 * @param kind what happened, stable, for programs
 * @param sentence the same for people, with the numbers of the case, without a full stop at the end
 */
public record Flag(Kind kind, String sentence) {

    /** The closed set of things that can be said about a value. Names are part of the interface. */
    public enum Kind {
        /** Below the vapour pressure of water there is no gas to dissolve: the value is zero by definition. */
        BELOW_VAPOUR_PRESSURE,
        /** The point is outside the range for which the model was published; the value is computed all the same. */
        OUTSIDE_VALIDITY,
        /** An input was moved to the nearest bound and the value belongs to that bound. */
        CLAMPED,
        /** The value continues a table or a formula beyond its last point. */
        EXTRAPOLATED,
        /** There is no value here. */
        MISSING,
        /** The value is that of a phase which is not the stable one. */
        METASTABLE,
        /** The table holds doubtful points near the saturation of the gas. */
        NEAR_GAS_SATURATION,
        /** CO2 hydrate may form. */
        HYDRATE_POSSIBLE,
        /** The point lies on or beside a limit between two formulas that do not meet. */
        REGION_LIMIT,
        /** An optional input was not given and its term is left out or replaced. */
        INPUT_NOT_GIVEN,
        /** Another published source gives another parameter. */
        SOURCES_DIFFER,
        /** Only one source is known for the parameter. */
        SINGLE_SOURCE,
        /** The digits of the model have not been compared with its publication. */
        PROVISIONAL,
        /** Iteration or search did not reach its tolerance. */
        NOT_CONVERGED,
        /** Something that belongs beside the value and changes nothing about it. */
        NOTE
    }

    public static Flag note(String sentence) {
        return new Flag(Kind.NOTE, sentence);
    }
}
