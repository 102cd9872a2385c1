package org.colonnade.geochemistry.rates;

/**
 * One mechanism of a rate law: {@code k = A exp(-Ea/(R T))} as in Zhang et al. (2019), or {@code k = k25 exp(-Ea/R (1/T -
 * 1/298.15))} as in Palandri and Kharaka (2004), Eq. 3; R is 8.314 J/(mol·K) in both.
 *
 * @param factor A, or k25 when there is a reference temperature, mol/(m²·s); 0 means that there is no such mechanism
 * @param activationEnergy J/mol
 * @param order the power of the catalyst's activity
 * @param secondOrder the power of a(Fe3+), for the acid mechanism of sulphides
 * @param referenceTemperature K, or infinite when the factor is A
 */
public record Term(
        double factor,
        double activationEnergy,
        double order,
        double secondOrder,
        Catalyst catalyst,
        double referenceTemperature) {

    static final double GAS_CONSTANT = 8.314;

    public static final Term NONE = new Term(0, 0, 0, 0, Catalyst.NONE, Double.POSITIVE_INFINITY);

    public boolean isPresent() {
        return factor != 0;
    }

    /** The rate constant at T (K), mol/(m²·s). */
    public double constant(double kelvin) {
        return Double.isInfinite(referenceTemperature)
                ? factor * Math.exp(-activationEnergy / (GAS_CONSTANT * kelvin))
                : factor * Math.exp(-activationEnergy / GAS_CONSTANT * (1 / kelvin - 1 / referenceTemperature));
    }

    /** log10 of the rate constant at 25 °C. */
    public double logConstantAt25() {
        return Math.log10(constant(298.15));
    }
}
