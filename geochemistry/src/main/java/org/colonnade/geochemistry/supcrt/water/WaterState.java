package org.colonnade.geochemistry.supcrt.water;

/**
 * One state of water. Energies are apparent molal ones on the scale of Helgeson and Kirkham (1974): formation from
 * the elements at 298.15 K and 1 bar. Where the region is not {@link WaterRegion#VALID} all properties but those the
 * caller gave are NaN.
 *
 * @param temperature K
 * @param pressure bar
 * @param density g/cm³
 * @param gibbs apparent Gibbs energy, J/mol
 * @param enthalpy apparent enthalpy, J/mol
 * @param entropy J/(mol K)
 * @param heatCapacity isobaric, J/(mol K)
 * @param expansivity α, 1/K
 * @param compressibility β, 1/bar
 * @param expansivitySlope (∂α/∂T)P, 1/K²
 * @param permittivity dielectric constant
 * @param bornQ Q, 1/bar
 * @param bornY Y, 1/K
 * @param bornX X, 1/K²
 * @param region whether the equation of state holds here
 */
public record WaterState(
        double temperature,
        double pressure,
        double density,
        double gibbs,
        double enthalpy,
        double entropy,
        double heatCapacity,
        double expansivity,
        double compressibility,
        double expansivitySlope,
        double permittivity,
        double bornQ,
        double bornY,
        double bornX,
        WaterRegion region) {

    /** Molar mass used throughout, g/mol. */
    public static final double MOLAR_MASS = 18.0152;

    /** Molar volume, J/bar. */
    public double volume() {
        return MOLAR_MASS / density / 10;
    }

    static WaterState invalid(double temperature, double pressure, double density, WaterRegion region) {
        double no = Double.NaN;
        return new WaterState(temperature, pressure, density, no, no, no, no, no, no, no, no, no, no, no, region);
    }
}
