package org.colonnade.calculators.supcrt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.colonnade.calculators.species.SpeciesSource.Row;
import org.colonnade.calculators.species.SpeciesSource.Sheet;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.web.Numbers;

/** The standard properties of a species in a database that somebody installed, in SI units. */
final class PublishedValues {

    /** Single-precision numbers of the files, turned into joules, have no more. */
    private static final MathContext DIGITS = new MathContext(8);

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("gibbs", "Gibbs energy of formation ΔfG°"),
            Map.entry("enthalpy", "Enthalpy of formation ΔfH°"),
            Map.entry("entropy", "Entropy S°"),
            Map.entry("volume", "Volume V°"),
            Map.entry("cp_a", "Heat capacity, a"),
            Map.entry("cp_b", "Heat capacity, b (T)"),
            Map.entry("cp_c", "Heat capacity, c (1/T²)"),
            Map.entry("cp_d", "Heat capacity, d (1/√T)"),
            Map.entry("highest_temperature", "Highest temperature of the heat capacity"),
            Map.entry("expansivity", "Expansivity α₀"),
            Map.entry("bulk_modulus", "Bulk modulus κ₀"),
            Map.entry("bulk_modulus_slope", "Its slope κ₀′"),
            Map.entry("bulk_modulus_curvature", "Its curvature κ₀″"),
            Map.entry("landau_temperature", "Landau transition, temperature"),
            Map.entry("landau_entropy", "Landau transition, entropy"),
            Map.entry("landau_volume", "Landau transition, volume"),
            Map.entry("order_enthalpy", "Disorder, enthalpy"),
            Map.entry("order_volume", "Disorder, volume"),
            Map.entry("order_interaction", "Disorder, interaction W"),
            Map.entry("order_interaction_volume", "Disorder, volume of W"),
            Map.entry("order_ratio", "Disorder, ratio of the sites"),
            Map.entry("order_factor", "Disorder, share of the entropy"),
            Map.entry("omega", "Born coefficient ω"));

    private PublishedValues() {}

    /** A parameter as a geochemist calls it; those of the HKF equations (a1 … c2) are called so already. */
    static String title(String name) {
        return TITLES.getOrDefault(name, name.replace('_', ' '));
    }

    static Sheet sheet(String database, Species species) {
        var rows = new ArrayList<Row>();
        String source = species.label().reference().strip();
        switch (species) {
            case Species.Mineral m -> {
                energies(rows, source, m.gibbs(), m.enthalpy(), m.entropy());
                rows.add(row("volume", m.volume(), "J/(mol·bar)", source));
            }
            case Species.Gas g -> energies(rows, source, g.gibbs(), g.enthalpy(), g.entropy());
            case Species.Aqueous a -> {
                if (a.hasData()) {
                    energies(rows, source, a.gibbs(), a.enthalpy(), a.entropy());
                }
            }
            case Species.Water w -> {}
            case Species.Electron e -> {}
        }
        return new Sheet(
                database,
                "Standard properties at 298.15 K and 1 bar, database " + database,
                species.hasData() ? List.of() : List.of("The database lists this species without thermodynamic data."),
                rows,
                List.of());
    }

    private static void energies(List<Row> rows, String source, double gibbs, double enthalpy, double entropy) {
        rows.add(row("gibbs", gibbs / 1e3, "kJ/mol", source));
        rows.add(row("enthalpy", enthalpy / 1e3, "kJ/mol", source));
        rows.add(row("entropy", entropy, "J/(mol·K)", source));
    }

    private static Row row(String name, double value, String unit, String source) {
        return new Row(
                title(name), Numbers.plain(new BigDecimal(value).round(DIGITS).doubleValue()), unit, source);
    }
}
