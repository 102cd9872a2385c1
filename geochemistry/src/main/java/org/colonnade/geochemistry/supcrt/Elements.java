package org.colonnade.geochemistry.supcrt;

import java.util.Map;

/**
 * Entropies of the elements in their reference states at 298.15 K and 1 bar, J/K per mole of atoms: Robie and Hemingway,
 * U.S. Geological Survey Bulletin 2131 (1995), and Cox, Wagman and Medvedev, CODATA Key Values for Thermodynamics (1989).
 */
final class Elements {

    private static final Map<String, Double> ENTROPIES = Map.ofEntries(
            Map.entry("H", 65.34),
            Map.entry("O", 102.57),
            Map.entry("C", 5.74),
            Map.entry("N", 95.805),
            Map.entry("S", 32.05),
            Map.entry("P", 41.09),
            Map.entry("F", 101.395),
            Map.entry("Cl", 111.54),
            Map.entry("Br", 76.105),
            Map.entry("I", 58.07),
            Map.entry("Li", 29.12),
            Map.entry("Na", 51.30),
            Map.entry("K", 64.67),
            Map.entry("Mg", 32.67),
            Map.entry("Ca", 41.59),
            Map.entry("Sr", 55.70),
            Map.entry("Ba", 62.48),
            Map.entry("Al", 28.30),
            Map.entry("Si", 18.81),
            Map.entry("Ti", 30.76),
            Map.entry("Fe", 27.32),
            Map.entry("Ni", 29.87),
            Map.entry("Cu", 33.15),
            Map.entry("Ag", 42.55),
            Map.entry("Cd", 51.80),
            Map.entry("Pb", 64.80),
            Map.entry("Mn", 32.01),
            Map.entry("Zn", 41.63),
            Map.entry("As", 35.69),
            Map.entry("Cr", 23.62),
            Map.entry("Co", 30.04),
            Map.entry("B", 5.90),
            Map.entry("Zr", 38.87),
            Map.entry("Au", 47.49),
            Map.entry("He", 126.15),
            Map.entry("Ne", 146.33),
            Map.entry("Ar", 154.85),
            Map.entry("Kr", 164.09),
            Map.entry("Xe", 169.69),
            Map.entry("Rn", 176.21));

    private Elements() {}

    static double entropy(String element) {
        var value = ENTROPIES.get(element);
        if (value == null) {
            throw new IllegalStateException("The entropy of the element " + element + " is not known");
        }
        return value;
    }
}
