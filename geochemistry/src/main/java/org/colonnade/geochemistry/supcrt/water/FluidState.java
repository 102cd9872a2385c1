package org.colonnade.geochemistry.supcrt.water;

/**
 * One fluid state as an equation of state gives it, per gram and in its own reference state.
 *
 * @param temperature K
 * @param pressure MPa
 * @param density g/cm³
 * @param enthalpy J/g
 * @param entropy J/(g K)
 * @param isochoricHeatCapacity J/(g K)
 * @param isobaricHeatCapacity J/(g K)
 * @param expansivity isobaric thermal expansion α, 1/K
 * @param compressibility isothermal compressibility β, 1/MPa
 * @param expansivitySlope (∂α/∂T) at constant pressure, 1/K²
 */
record FluidState(
        double temperature,
        double pressure,
        double density,
        double enthalpy,
        double entropy,
        double isochoricHeatCapacity,
        double isobaricHeatCapacity,
        double expansivity,
        double compressibility,
        double expansivitySlope) {}
