package org.colonnade.geochemistry.supcrt;

/**
 * The factors in temperature and pressure of the non-solvation part of the revised HKF equations: Tanger and Helgeson,
 * American Journal of Science 288 (1988) 19-98, equations B-10, B-11, B-18, B-19 and B-25 integrated from 298.15 K and
 * 1 bar; Johnson, Oelkers and Helgeson (1992), equations 55-59.
 */
final class HkfTerms {
    final double[] pressure;
    final double[] log;
    final double[] perPressure;
    final double[] inverse;
    final double[] gibbsC1;
    final double[] gibbsC2;
    final double[] entropyC2;
    final double[] enthalpyC2;
    final double[] enthalpyA;

    HkfTerms(double[] kelvin, double[] bar) {
        int n = kelvin.length;
        pressure = new double[n];
        log = new double[n];
        perPressure = new double[n];
        inverse = new double[n];
        gibbsC1 = new double[n];
        gibbsC2 = new double[n];
        entropyC2 = new double[n];
        enthalpyC2 = new double[n];
        enthalpyA = new double[n];
        double theta = Conditions.THETA;
        double psi = Conditions.PSI;
        double tr = Conditions.REFERENCE_TEMPERATURE;
        double atReference = 1 / (tr - theta);
        for (int i = 0; i < n; i++) {
            double t = kelvin[i];
            double at = 1 / (t - theta);
            double lt = Math.log(tr * (t - theta) / (t * (tr - theta)));
            pressure[i] = bar[i] - 1;
            log[i] = Math.log((psi + bar[i]) / (psi + 1));
            perPressure[i] = 1 / (psi + bar[i]);
            inverse[i] = at;
            gibbsC1[i] = -(t * Math.log(t / tr) - t + tr);
            gibbsC2[i] = -((at - atReference) * (theta - t) / theta - t / (theta * theta) * lt);
            entropyC2[i] = -(at - atReference + lt / theta) / theta;
            enthalpyC2[i] = -(at - atReference);
            enthalpyA[i] = (2 * t - theta) * at * at;
        }
    }
}
