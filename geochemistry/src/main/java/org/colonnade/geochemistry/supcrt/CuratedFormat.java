package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.colonnade.geochemistry.Reference;

/**
 * The text of the curated set: blocks that begin with a kind and a name, below them indented lines {@code name = value
 * unit reference}.
 */
final class CuratedFormat {

    private static final double CALORIE = 4.184;

    /** To which heat capacities hold if the source names no limit, K. */
    private static final double NO_LIMIT = 9999;

    /** Lines that are no values. */
    private static final Set<String> WORDS = Set.of("formula", "elements", "charge", "abbreviation");

    /** Factor into J, bar, K and mol, in which the library computes; bulk moduli stay in kbar. */
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("1", 1.0),
            Map.entry("K", 1.0),
            Map.entry("1/K", 1.0),
            Map.entry("kbar", 1.0),
            Map.entry("1/kbar", 1.0),
            Map.entry("kJ/mol", 1e3),
            Map.entry("J/mol", 1.0),
            Map.entry("J·K/mol", 1.0),
            Map.entry("J·K/(mol·bar)", 1.0),
            Map.entry("J/(mol·K)", 1.0),
            Map.entry("J/(mol·bar)", 1.0),
            Map.entry("cm³/mol", 0.1),
            Map.entry("J/(mol·K²)", 1.0),
            Map.entry("J/(mol·K½)", 1.0),
            Map.entry("kJ/(mol·K)", 1e3),
            Map.entry("kJ/(mol·K²)", 1e3),
            Map.entry("kJ·K/mol", 1e3),
            Map.entry("kJ/(mol·K½)", 1e3),
            Map.entry("cal/mol", CALORIE),
            Map.entry("cal/(mol·K)", CALORIE),
            Map.entry("cal/(mol·K²)", CALORIE),
            Map.entry("cal/(mol·bar)", CALORIE),
            Map.entry("cal·K/mol", CALORIE),
            Map.entry("cal·K/(mol·bar)", CALORIE));

    private CuratedFormat() {}

    /** A block: its first line, and its indented lines by name. */
    record Block(String kind, String name, Map<String, String> lines) {
        String line(String key) {
            var line = lines.get(key);
            if (line == null) {
                throw new IllegalStateException("Curated species: %s has no %s".formatted(name, key));
            }
            return line;
        }
    }

    static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                int blank = line.indexOf(' ');
                blocks.add(new Block(line.substring(0, blank), line.substring(blank + 1), new LinkedHashMap<>()));
                continue;
            }
            int equals = line.indexOf(" = ");
            var key = line.substring(0, equals).strip();
            CuratedDatabase.require(
                    blocks.getLast().lines().put(key, line.substring(equals + 3).strip()) == null,
                    blocks.getLast().name() + " has two lines " + key);
        }
        return blocks;
    }

    static Reference reference(Block block) {
        return new Reference(
                block.name(),
                Arrays.asList(block.line("authors").split("; ")),
                Integer.parseInt(block.line("year")),
                block.line("title"),
                block.line("journal"),
                block.lines().get("volume"),
                block.lines().get("pages"),
                block.lines().get("doi"));
    }

    static Map<String, CuratedDatabase.Value> values(Block block) {
        var values = new LinkedHashMap<String, CuratedDatabase.Value>();
        block.lines().forEach((name, line) -> {
            if (WORDS.contains(name)) {
                return;
            }
            var parts = line.split(" ", -1);
            CuratedDatabase.require(
                    parts.length == 3 && UNITS.containsKey(parts[1]),
                    "%s %s is no value with unit and reference".formatted(block.name(), name));
            values.put(name, new CuratedDatabase.Value(name, Double.parseDouble(parts[0]), parts[1], parts[2]));
        });
        return values;
    }

    static Species species(Block block, Map<String, CuratedDatabase.Value> values) {
        var composition = composition(block);
        var label = new Label(
                block.name(),
                block.line("formula"),
                block.lines().getOrDefault("abbreviation", block.name()),
                String.join("&", CuratedDatabase.keys(values.values())),
                "",
                composition);
        var of = new Reader(block.name(), values);
        return switch (block.kind()) {
            case "mineral" -> mineral(label, of);
            case "gas" ->
                new Species.Gas(
                        label,
                        of.get("gibbs"),
                        of.get("enthalpy"),
                        of.get("entropy"),
                        0,
                        cp(of),
                        of.orElse("highest_temperature", NO_LIMIT));
            case "aqueous" ->
                new Species.Aqueous(
                        label,
                        of.get("gibbs"),
                        of.get("enthalpy"),
                        of.get("entropy"),
                        of.get("a1"),
                        of.get("a2"),
                        of.get("a3"),
                        of.get("a4"),
                        of.get("c1"),
                        of.get("c2"),
                        of.get("omega"),
                        composition.charge(),
                        true);
            default -> throw new IllegalStateException("Curated species: no kind " + block.kind());
        };
    }

    private static Species mineral(Label label, Reader of) {
        double atoms = label.composition().elements().values().stream()
                .mapToDouble(d -> d)
                .sum();
        Transition transition = new Transition.None();
        if (of.has("landau_temperature")) {
            transition = new Transition.Landau(
                    of.get("landau_temperature"), of.get("landau_entropy"), of.get("landau_volume"));
        } else if (of.has("order_enthalpy")) {
            transition = new Transition.BraggWilliams(
                    of.get("order_enthalpy") / 1e3,
                    of.get("order_volume"),
                    of.get("order_interaction") / 1e3,
                    of.get("order_interaction_volume"),
                    of.get("order_ratio"),
                    of.get("order_factor"));
        }
        return new Species.Mineral(
                label,
                of.get("gibbs"),
                of.get("enthalpy"),
                of.get("entropy"),
                of.get("volume"),
                cp(of),
                of.has("bulk_modulus")
                        ? new Compression(
                                of.get("expansivity"),
                                of.get("bulk_modulus"),
                                of.get("bulk_modulus_slope"),
                                of.get("bulk_modulus_curvature"),
                                atoms)
                        : new Compression(0, 0, 0, 0, atoms),
                transition,
                of.orElse("highest_temperature", NO_LIMIT));
    }

    private static HeatCapacity cp(Reader of) {
        return new HeatCapacity(of.get("cp_a"), of.get("cp_b"), of.get("cp_c"), of.get("cp_d"));
    }

    private static Composition composition(Block block) {
        var elements = new TreeMap<String, Double>();
        var parts = block.line("elements").split(" ", -1);
        for (int i = 0; i < parts.length; i += 2) {
            elements.put(parts[i], Double.parseDouble(parts[i + 1]));
        }
        return Composition.of(elements, Double.parseDouble(block.lines().getOrDefault("charge", "0")));
    }

    /** Values in the units in which the library computes. */
    private record Reader(String species, Map<String, CuratedDatabase.Value> values) {
        boolean has(String name) {
            return values.containsKey(name);
        }

        double orElse(String name, double otherwise) {
            return has(name) ? get(name) : otherwise;
        }

        double get(String name) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("Curated species: %s has no %s".formatted(species, name));
            }
            return value.value() * UNITS.getOrDefault(value.unit(), Double.NaN);
        }
    }
}
