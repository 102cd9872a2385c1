package org.colonnade.geochemistry.examples;

import java.util.Set;
import org.colonnade.geochemistry.species.Formula;
import org.colonnade.geochemistry.species.SpeciesIndex;

/** Which minerals hold calcium and carbon, and which are silica. */
public final class SpeciesExample {

    private SpeciesExample() {}

    public static void main(String[] args) {
        var index = SpeciesIndex.ofRates();
        index.withElements(Set.of("Ca", "C")).forEach(s -> System.out.println(s.name() + " " + s.formula()));
        index.withFormula(Formula.parse("SiO2")).forEach(s -> System.out.println(s.name()));
    }
}
