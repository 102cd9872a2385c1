package org.colonnade.geochemistry.examples;

import org.colonnade.geochemistry.rates.Conditions;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.geochemistry.rates.RateRule;

/** How fast albite dissolves at pH 10, mechanism by mechanism. */
public final class RatesExample {

    private RatesExample() {}

    public static void main(String[] args) {
        var rates = new MineralRates(RateDataset.LIBRARY);
        var result = rates.at(rates.find("Albite").orElseThrow(), RateRule.STRICT, Conditions.of(25, 10));
        System.out.println("acid    " + result.value().acid());
        System.out.println("neutral " + result.value().neutral());
        System.out.println("base    " + result.value().base());
        System.out.println("total   " + result.value().total());
        result.references().forEach(reference -> System.out.println(reference.text()));
    }
}
