package org.colonnade.certification.ledger;

import java.util.Set;
import java.util.SortedSet;

/** Published inside the transaction that writes a version: what changed. */
public record Recorded(Version version, Set<Integer> runs, Set<DatasetKey> datasets) {

    public Recorded(Version version, SortedSet<Integer> runs, SortedSet<DatasetKey> datasets) {
        this(version, Set.copyOf(runs), Set.copyOf(datasets));
    }
}
