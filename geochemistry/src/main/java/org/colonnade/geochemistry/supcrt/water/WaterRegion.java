package org.colonnade.geochemistry.supcrt.water;

/** Whether the equation of state of water holds at a state. */
public enum WaterRegion {
    /** The equation of state holds. */
    VALID,
    /** The state lies between saturated liquid and vapour, or on the saturation line where one phase was asked for. */
    LIQUID_VAPOUR,
    /** The state lies outside the range over which the equation of state was fitted. */
    BEYOND
}
