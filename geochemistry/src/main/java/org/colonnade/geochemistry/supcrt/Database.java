package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A named, immutable set of species. Water is always there; the electron is if the set has gaseous hydrogen. */
public final class Database {

    private final String name;
    private final Map<String, Species> species;
    private final Map<String, Species> byLowerCase;

    private Database(String name, Map<String, Species> species) {
        this.name = name;
        this.species = Collections.unmodifiableMap(species);
        this.byLowerCase = new LinkedHashMap<>();
        species.values().forEach(s -> byLowerCase.putIfAbsent(s.name().toLowerCase(Locale.ROOT), s));
    }

    /**
     * @throws IllegalArgumentException if two species share a name
     */
    public static Database of(String name, Collection<? extends Species> members) {
        var all = new LinkedHashMap<String, Species>();
        for (Species s : members) {
            if (all.putIfAbsent(s.name(), s) != null) {
                throw new IllegalArgumentException("Database " + name + " has two species named " + s.name());
            }
        }
        all.putIfAbsent("H2O", Species.Water.H2O);
        if (all.get("H2,g") instanceof Species.Gas hydrogen) {
            all.putIfAbsent("e-", Species.Electron.of(hydrogen));
        }
        return new Database(name, all);
    }

    /** Name of the set. */
    public String name() {
        return name;
    }

    /** All species, in the order of the source, water and the electron last. */
    public Collection<Species> species() {
        return species.values();
    }

    /** The species of exactly this name. */
    public Optional<Species> find(String exactName) {
        return Optional.ofNullable(species.get(exactName));
    }

    /** The species of this name, or else the first whose name differs only in upper and lower case. */
    public Optional<Species> findIgnoringCase(String anyCase) {
        return find(anyCase).or(() -> Optional.ofNullable(byLowerCase.get(anyCase.toLowerCase(Locale.ROOT))));
    }

    /** Names that resemble the one given, best first. */
    public List<String> nearest(String wrongName, int count) {
        var wanted = wrongName.toLowerCase(Locale.ROOT);
        if (wanted.length() > 64) {
            wanted = wanted.substring(0, 64);
        }
        record Candidate(String name, int distance) {}
        var candidates = new ArrayList<Candidate>();
        for (String each : species.keySet()) {
            candidates.add(new Candidate(each, distance(wanted, each.toLowerCase(Locale.ROOT))));
        }
        candidates.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
        return candidates.stream().limit(count).map(Candidate::name).toList();
    }

    /** Edit distance, with an added or missing tail (",aq", "+2") counting half of a wrong letter. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 1; j <= b.length(); j++) {
            row[j] = 2 * j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = 2 * i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 2);
                diagonal = row[j];
                int gap = i == a.length() || j == b.length() ? 1 : 2;
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + gap);
            }
        }
        return row[b.length()];
    }
}
