package org.colonnade.calculators.phreeqc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;

/** Inputs to begin with; each runs as it stands. */
public final class Examples {

    /**
     * @param name in addresses
     * @param database with which it is meant to run
     * @param sentence what it shows
     */
    public record Example(String name, String title, String database, String sentence) {

        /** The input itself. */
        public String input() {
            try (var content = new ClassPathResource("phreeqc/examples/" + name + ".pqi").getInputStream()) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The one that an empty page shows comes first. */
    public static final List<Example> ALL = List.of(
            new Example(
                    "calcite-co2",
                    "Calcite and carbon dioxide",
                    "phreeqc.dat",
                    "Calcite dissolves in water in contact with air, then with soil air."),
            new Example(
                    "seawater",
                    "Brackish coastal water",
                    "phreeqc.dat",
                    "Speciation and saturation indices of a seawater-like water."),
            new Example(
                    "two-tables",
                    "Warming a calcite water",
                    "phreeqc.dat",
                    "Two tables from one run, one of them computed in BASIC."),
            new Example(
                    "mixing",
                    "Mixing two waters",
                    "phreeqc.dat",
                    "A mixture of two saturated waters is undersaturated, and dissolves calcite."),
            new Example(
                    "co2-headspace",
                    "Gas above a water",
                    "phreeqc.dat",
                    "Carbon dioxide between water and gas, at constant volume and at constant pressure."),
            new Example(
                    "gypsum-brine",
                    "Gypsum in brine",
                    "pitzer.dat",
                    "Solubility of gypsum in sodium chloride brines up to halite saturation."),
            new Example(
                    "quartz-kinetics",
                    "Slow dissolution of quartz",
                    "phreeqc.dat",
                    "Kinetics with a rate of one's own, to check by hand."),
            new Example("decay", "First-order decay", "phreeqc.dat", "A tracer that decays, against the exact answer."),
            new Example(
                    "exchange-column",
                    "Ion exchange column",
                    "phreeqc.dat",
                    "Transport through twenty cells: calcium arrives when the sodium is used up."),
            new Example(
                    "long-column",
                    "Long exchange column",
                    "phreeqc.dat",
                    "Two hundred cells and 1500 shifts: about a minute, to watch and to cancel."));

    private Examples() {}

    public static Optional<Example> find(String name) {
        return ALL.stream().filter(example -> example.name().equals(name)).findFirst();
    }
}
