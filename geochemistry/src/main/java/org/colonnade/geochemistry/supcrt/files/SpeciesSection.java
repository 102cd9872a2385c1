package org.colonnade.geochemistry.supcrt.files;

import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.geochemistry.supcrt.Species.Kind;
import org.colonnade.geochemistry.supcrt.Transition;

/** The part of an .out file that prints the data of a reaction's species. */
final class SpeciesSection {

    private SpeciesSection() {}

    static void write(StringBuilder out, Reaction reaction) {
        out.append(" STANDARD STATE PROPERTIES OF THE SPECIES AT 25 DEG C AND 1 BAR\n");
        var minerals = TableFile.ofKind(reaction, Kind.MINERAL);
        var gases = TableFile.ofKind(reaction, Kind.GAS);
        var aqueous = TableFile.ofKind(reaction, Kind.AQUEOUS);
        var water = TableFile.ofKind(reaction, Kind.WATER);
        if (!minerals.isEmpty()) {
            heading(out, "MINERALS");
            minerals.forEach(t -> standard(out, t.species(), 3));
            cp(out, "HOLLAND & POWELL");
            minerals.forEach(t -> {
                var m = (Species.Mineral) t.species();
                cp(
                        out,
                        m.name(),
                        m.heatCapacity().a(),
                        m.heatCapacity().b(),
                        m.heatCapacity().c(),
                        m.heatCapacity().d(),
                        m.highestTemperature());
            });
            out.append("\n\n                        PRESSURE TERMS\n");
            out.append("       NAME            alpha(10**5)   kappa       kappa'      kappa''   # of Atoms \n");
            minerals.forEach(t -> {
                var m = (Species.Mineral) t.species();
                var k = m.compression();
                out.append(String.format(
                        Locale.ROOT,
                        "  %-20s  %6.2f       %7.1f    %6.2f      %8.4f    %7.3f%n",
                        m.name(),
                        k.expansivity() * 1e5,
                        k.bulkModulus(),
                        k.first(),
                        k.second(),
                        k.atoms()));
            });
            transitions(out, minerals);
        }
        if (!gases.isEmpty()) {
            heading(out, "GASES");
            gases.forEach(t -> standard(out, t.species(), 1));
            cp(out, "HOLLAND-POWELL");
            gases.forEach(t -> {
                var g = (Species.Gas) t.species();
                cp(
                        out,
                        g.name(),
                        g.heatCapacity().a(),
                        g.heatCapacity().b(),
                        g.heatCapacity().c(),
                        g.heatCapacity().d(),
                        g.highestTemperature());
            });
        }
        if (!aqueous.isEmpty() || !water.isEmpty()) {
            heading(out, "AQUEOUS SPECIES");
            aqueous.forEach(t -> standard(out, t.species(), 3));
            water.forEach(t -> standard(out, t.species(), 3));
        }
        if (!aqueous.isEmpty()) {
            out.append("\n\n                                                  EQUATION-OF-STATE COEFFICIENTS\n");
            out.append("       NAME              a1(10**1)     a2(10**-2)    a3(10**0)     a4(10**-4)    c1(10**0)"
                    + "     c2(10**-4)   omega(10**-5)\n");
            aqueous.forEach(t -> {
                var a = (Species.Aqueous) t.species();
                out.append(String.format(Locale.ROOT, "  %-20s", a.name()));
                for (double v : new double[] {
                    a.a1() * 10, a.a2() / 100, a.a3(), a.a4() / 1e4, a.c1(), a.c2() / 1e4, a.omega() / 1e5
                }) {
                    out.append(TableFile.fixed(v, 14, 4));
                }
                out.append('\n');
            });
        }
    }

    private static void heading(StringBuilder out, String title) {
        out.append("\n\n                                           ...... ")
                .append(title)
                .append(" ...... \n\n\n");
        out.append(
                "                           DELTA G        DELTA H           S              V              Cp     \n");
        out.append(
                "       NAME                (kJ/mol)       (kJ/mol)      (J/mol/K)       (J/bar)       (J/mol/K)  \n");
        out.append("  --------------------").append("  -------------".repeat(5)).append('\n');
    }

    private static void standard(StringBuilder out, Species species, int volumeDecimals) {
        var alone = Reaction.of(species.name(), List.of(new Reaction.Term(1, species)));
        var at = new Evaluation(Conditions.atPressure(new double[] {25}, new double[] {1}), Profile.COMPATIBLE)
                .table(alone);
        double[] listed = switch (species) {
            case Species.Mineral m -> new double[] {m.gibbs(), m.enthalpy(), m.entropy(), m.volume()};
            case Species.Gas g -> new double[] {g.gibbs(), g.enthalpy(), g.entropy(), g.volume()};
            case Species.Aqueous a -> new double[] {a.gibbs(), a.enthalpy(), a.entropy(), at.volume(0)};
            case Species.Water w -> new double[] {at.gibbs(0), at.enthalpy(0), at.entropy(0), at.volume(0)};
            case Species.Electron e -> new double[] {at.gibbs(0), at.enthalpy(0), at.entropy(0), 0};
        };
        out.append(String.format(Locale.ROOT, "  %-20s", species.name()))
                .append(TableFile.fixed(listed[0] / 1e3, 13, 3))
                .append(TableFile.fixed(listed[1] / 1e3, 15, 3))
                .append(TableFile.fixed(listed[2], 15, 3))
                .append(TableFile.fixed(listed[3], 14, volumeDecimals))
                .append(TableFile.fixed(at.heatCapacity(0), 18, 3))
                .append('\n');
    }

    private static void cp(StringBuilder out, String authors) {
        out.append("\n\n                        ").append(authors).append(" COEFFICIENTS\n");
        out.append("       NAME              a(10**0)    b(10**5)    c(10**0)    d(10**0)    T limit (C)\n");
        out.append("  --------------------  ----------  ----------  ----------  ----------  -----------\n");
    }

    private static void cp(StringBuilder out, String name, double a, double b, double c, double d, double limit) {
        out.append(String.format(
                Locale.ROOT,
                "  %-20s  %8.4f   %9.4f  %12.3f  %10.4f  %9.0f.%n",
                name,
                a / 1e3,
                b * 1e2,
                c / 1e3,
                d / 1e3,
                limit - 273.15));
    }

    private static void transitions(StringBuilder out, List<Reaction.Term> minerals) {
        if (minerals.stream().allMatch(t -> ((Species.Mineral) t.species()).transition() instanceof Transition.None)) {
            return;
        }
        out.append("\n\n                                PHASE TRANSITION PARAMETERS\n");
        out.append("       NAME                 Tc (C)     Smax (J/mol/K)   Vmax (J/bar)     dH (kJ/mol)"
                + "      dV (J/bar)     W  (kJ/mol)     Wv (J/bar)           n               SF     \n");
        for (var term : minerals) {
            var m = (Species.Mineral) term.species();
            switch (m.transition()) {
                case Transition.None none -> {}
                case Transition.Landau l ->
                    out.append(String.format(
                            Locale.ROOT,
                            "  %-20s %13.2f  %13.3f  %14.4f%n",
                            m.name(),
                            l.criticalTemperature() - 273.15,
                            l.entropy(),
                            l.volume()));
                case Transition.BraggWilliams b ->
                    out.append(String.format(
                            Locale.ROOT,
                            "  %-20s %58.2f %16.3f %15.2f %15.3f %15.2f %15.2f%n",
                            m.name(),
                            b.enthalpy(),
                            b.volume(),
                            b.interaction(),
                            b.interactionVolume(),
                            b.ratio(),
                            b.factor()));
            }
        }
    }
}
