package org.colonnade.geochemistry.supcrt;

/**
 * Thermal equation of state of a mineral: modified Tait equation with a thermal pressure, Holland and Powell (2011),
 * equations 3, 11 and 12. With k'' = 0 the volume is constant.
 *
 * @param expansivity α0, 1/K
 * @param bulkModulus κ0, kbar
 * @param first κ0', dimensionless
 * @param second κ0'', 1/kbar; zero or more means a constant volume
 * @param atoms atoms per formula unit
 */
public record Compression(double expansivity, double bulkModulus, double first, double second, double atoms) {

    /** A volume that depends on neither temperature nor pressure. */
    public static final Compression NONE = new Compression(0, 0, 0, 0, 0);

    /** True if the volume depends on pressure. */
    public boolean compressible() {
        return second < 0;
    }
}
