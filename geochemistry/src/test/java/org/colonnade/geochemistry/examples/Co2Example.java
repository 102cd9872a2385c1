package org.colonnade.geochemistry.examples;

import org.colonnade.geochemistry.co2.Co2Solubility;
import org.colonnade.geochemistry.co2.ConstantSet;

/** How much CO2 dissolves in a brine, with both sets of constants. */
public final class Co2Example {

    private Co2Example() {}

    public static void main(String[] args) {
        for (var constants : ConstantSet.values()) {
            var result = new Co2Solubility(constants).at(323.15, 100, 1);
            System.out.printf("%s: %s%n", result.model(), result.value().molality());
            result.flags().forEach(flag -> System.out.println("  " + flag.sentence()));
        }
        System.out.print(Co2Solubility.DUAN_2006.bibtex());
    }
}
