package org.colonnade.geochemistry.supcrt;

/**
 * The factors in temperature of Cp = a + bT + c/T² + d/√T and of its integrals ∫Cp dT and ∫Cp/T dT from 298.15 K.
 */
final class SolidTerms {
    final double[] inverseSquare;
    final double[] inverseRoot;
    final double[] enthalpyA;
    final double[] enthalpyB;
    final double[] enthalpyC;
    final double[] enthalpyD;
    final double[] entropyA;
    final double[] entropyC;
    final double[] entropyD;

    SolidTerms(double[] kelvin) {
        int n = kelvin.length;
        inverseSquare = new double[n];
        inverseRoot = new double[n];
        enthalpyA = new double[n];
        enthalpyB = new double[n];
        enthalpyC = new double[n];
        enthalpyD = new double[n];
        entropyA = new double[n];
        entropyC = new double[n];
        entropyD = new double[n];
        double tr = Conditions.REFERENCE_TEMPERATURE;
        double root = Math.sqrt(tr);
        for (int i = 0; i < n; i++) {
            double t = kelvin[i];
            double rt = Math.sqrt(t);
            inverseSquare[i] = 1 / (t * t);
            inverseRoot[i] = 1 / rt;
            enthalpyA[i] = t - tr;
            enthalpyB[i] = (t * t - tr * tr) / 2;
            enthalpyC[i] = 1 / tr - 1 / t;
            enthalpyD[i] = 2 * (rt - root);
            entropyA[i] = Math.log(t / tr);
            entropyC[i] = (1 / (tr * tr) - 1 / (t * t)) / 2;
            entropyD[i] = 2 * (1 / root - 1 / rt);
        }
    }
}
