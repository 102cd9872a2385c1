package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.geochemistry.species.Formula;
import org.colonnade.geochemistry.species.FormulaException;
import org.colonnade.geochemistry.supcrt.Species.Aqueous;
import org.colonnade.geochemistry.supcrt.Species.Gas;
import org.colonnade.geochemistry.supcrt.Species.Mineral;

/**
 * What every curated species must satisfy: the formula has the elements and charge listed; each value names a reference and is
 * no marker for missing data; G = H - T(S - Σ S of the elements) to 0.6 kJ/mol, or to 20 J/mol of the misfit that the set
 * records; volume, entropy and heat capacity of solids and gases at 298.15 K are positive; molar mass and volume of a mineral give
 * a density that minerals have; a transition lies above 298.15 K and below the limit of the heat capacity.
 */
final class CuratedChecks {

    private static final double TEMPERATURE = 298.15;
    private static final double GIBBS_TOLERANCE = 600;
    private static final double MISFIT_TOLERANCE = 20;

    /** 1/kbar, and as a share. */
    private static final double PRINTED_CURVATURE = 6e-5;

    private static final double RELATIVE_CURVATURE = 0.03;

    private static final Set<Double> NO_DATA = Set.of(999.9999, 4183.996, 9999.0);

    /** g/cm³: below the lightest and above the heaviest mineral that the set may come to hold (gold, 19.3). */
    private static final double LEAST_DENSITY = 1.5;

    private static final double MOST_DENSITY = 19.5;
    private static final double CUBIC_CENTIMETRES_PER_JOULE_PER_BAR = 10;

    private final Species species;
    private final Map<String, CuratedDatabase.Value> values;
    private final List<String> problems = new ArrayList<>();

    private CuratedChecks(Species species, Map<String, CuratedDatabase.Value> values) {
        this.species = species;
        this.values = values;
    }

    /** The checks that fail, in words. */
    static List<String> of(Species species, Map<String, CuratedDatabase.Value> values, Set<String> references) {
        var checks = new CuratedChecks(species, values);
        for (var value : values.values()) {
            checks.require(references.contains(value.reference()), value.name() + " names no reference");
            checks.require(!NO_DATA.contains(value.value()), value.name() + " is a marker for missing data");
            checks.require(Double.isFinite(value.value()), value.name() + " is not finite");
        }
        checks.formula();
        switch (species) {
            case Mineral m -> checks.mineral(m);
            case Gas g -> checks.gas(g);
            case Aqueous a -> {
                if (!a.name().equals("H+")) {
                    checks.energies(a.gibbs(), a.enthalpy(), a.entropy());
                }
            }
            case Species.Water w -> {}
            case Species.Electron e -> {}
        }
        return checks.problems;
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(species.name() + ": " + problem);
        }
    }

    private void formula() {
        var composition = species.composition();
        try {
            var listed = new Formula(composition.elements(), composition.charge());
            require(
                    Formula.parse(species.label().formula()).sameAs(listed),
                    "the formula %s is not %s".formatted(species.label().formula(), composition.notation()));
        } catch (FormulaException e) {
            require(false, String.valueOf(e.getMessage()));
        }
    }

    private void mineral(Mineral m) {
        energies(m.gibbs(), m.enthalpy(), m.entropy());
        positive("volume", m.volume());
        density(m);
        positive("entropy", m.entropy());
        positive("heat capacity", heatCapacity(m.heatCapacity()));
        if (m.compression().compressible()) {
            positive("bulk modulus", m.compression().bulkModulus());
            positive("slope of the bulk modulus", m.compression().first());
            curvature(m.compression());
        }
        switch (m.transition()) {
            case Transition.Landau t -> {
                positive("entropy of the transition", t.entropy());
                require(t.volume() >= 0, "the volume of the transition is negative");
                require(
                        t.criticalTemperature() > TEMPERATURE && t.criticalTemperature() < m.highestTemperature(),
                        "the transition at %.0f K is not between 298.15 K and the limit of the heat capacity"
                                .formatted(t.criticalTemperature()));
            }
            case Transition.BraggWilliams t -> {
                positive("enthalpy of disorder", t.enthalpy());
                positive("ratio of the sites", t.ratio());
                positive("fraction of the configurational entropy", t.factor());
            }
            case Transition.None none -> {}
        }
    }

    /** A volume in the wrong unit or a formula that misses a part of the mineral shows here. */
    private void density(Mineral m) {
        var composition = m.composition();
        double mass = new Formula(composition.elements(), composition.charge())
                .molarMass()
                .orElse(Double.NaN);
        double density = mass / (m.volume() * CUBIC_CENTIMETRES_PER_JOULE_PER_BAR);
        require(
                density >= LEAST_DENSITY && density <= MOST_DENSITY,
                "molar mass %.2f g/mol and volume %s J/bar give a density of %.2f g/cm³, which no mineral has"
                        .formatted(mass, m.volume(), density));
    }

    /** Holland and Powell (2011) set κ'' to -κ'/κ of the same mineral; it is printed with one to three digits. */
    private void curvature(Compression c) {
        double expected = -c.first() / c.bulkModulus();
        require(
                Math.abs(c.second() - expected) <= Math.max(PRINTED_CURVATURE, RELATIVE_CURVATURE * -expected),
                "the curvature %s of the bulk modulus is not -κ'/κ, %.5f".formatted(c.second(), expected));
    }

    private void gas(Gas g) {
        energies(g.gibbs(), g.enthalpy(), g.entropy());
        positive("entropy", g.entropy());
        positive("heat capacity", heatCapacity(g.heatCapacity()));
    }

    private void positive(String name, double value) {
        require(value > 0, "the %s %s is not positive".formatted(name, value));
    }

    private static double heatCapacity(HeatCapacity c) {
        return c.a() + c.b() * TEMPERATURE + c.c() / (TEMPERATURE * TEMPERATURE) + c.d() / Math.sqrt(TEMPERATURE);
    }

    /** Formation from the elements; ions on the scale on which the proton has neither energy nor entropy. */
    private void energies(double gibbs, double enthalpy, double entropy) {
        double elements = species.composition().charge() * -Elements.entropy("H");
        for (var element : species.composition().elements().entrySet()) {
            elements += element.getValue() * Elements.entropy(element.getKey());
        }
        double difference = gibbs - (enthalpy - TEMPERATURE * (entropy - elements));
        var misfit = values.get(CuratedDatabase.MISFIT);
        double rest = misfit == null ? difference : difference - 1e3 * misfit.value();
        require(
                Math.abs(rest) < (misfit == null ? GIBBS_TOLERANCE : MISFIT_TOLERANCE),
                "the Gibbs energy is %.0f J/mol off the one that follows from enthalpy and entropy"
                        .formatted(difference));
    }
}
