package org.colonnade.certification.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what was not taken over as it stood, by kind, with some examples of each. */
final class Repairs {

    private static final int EXAMPLES = 20;

    private final SortedMap<String, Takeover.Repair> byKind = new TreeMap<>();

    void note(String kind, String example) {
        byKind.merge(kind, new Takeover.Repair(kind, 1, List.of(example)), (before, one) -> {
            List<String> examples = new ArrayList<>(before.examples());
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
            return new Takeover.Repair(kind, before.count() + 1, List.copyOf(examples));
        });
    }

    List<Takeover.Repair> all() {
        return List.copyOf(byKind.values());
    }
}
