package org.colonnade.geochemistry.co2;

import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Unit;

/**
 * A saturated solution of CO2 and every intermediate quantity of the model.
 *
 * @param temperature K
 * @param pressure total, bar
 * @param sodiumChloride mol/kg of water
 * @param molality of dissolved CO2, mol/kg of water
 * @param waterVapourPressure of pure water, bar
 * @param gasFraction mole fraction of CO2 in the gas; 0 below the vapour pressure of water
 * @param fugacityCoefficient of CO2; missing at zero pressure
 * @param chemicalPotential μ(l,0)/RT of dissolved CO2; missing at zero pressure
 * @param lambda interaction CO2-Na; missing at zero pressure
 * @param zeta interaction CO2-Na-Cl; missing at zero pressure
 * @param region 1 to 6, whose constants gave the fugacity coefficient
 * @param constants the set that was used
 */
public record Co2State(
        Quantity temperature,
        Quantity pressure,
        Quantity sodiumChloride,
        Quantity molality,
        Quantity waterVapourPressure,
        Quantity gasFraction,
        Quantity fugacityCoefficient,
        Quantity chemicalPotential,
        Quantity lambda,
        Quantity zeta,
        int region,
        ConstantSet constants) {

    /** Moles of water in a kilogram, as in Duan and Sun (2003). */
    private static final double MOLES_OF_WATER = 55.508;

    private static final double MOLAR_MASS = 44.01;

    /** Mole fraction of dissolved CO2, counted without salt. */
    public Quantity moleFraction() {
        return new Quantity(molality.value() / (molality.value() + MOLES_OF_WATER), Unit.ONE);
    }

    /** Grams of CO2 in a kilogram of water. */
    public Quantity mass() {
        return new Quantity(MOLAR_MASS * molality.value(), Unit.GRAM_PER_KG_WATER);
    }

    /** Fugacity of CO2, bar. */
    public Quantity fugacity() {
        double fugacity =
                gasFraction.value() == 0 ? 0 : gasFraction.value() * fugacityCoefficient.value() * pressure.value();
        return new Quantity(fugacity, Unit.BAR);
    }

    /** Fugacity divided by molality, bar·kg/mol; missing where nothing dissolves. */
    public double henryRatio() {
        return molality.value() == 0 ? Double.NaN : fugacity().value() / molality.value();
    }
}
