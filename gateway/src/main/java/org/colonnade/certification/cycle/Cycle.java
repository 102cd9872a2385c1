package org.colonnade.certification.cycle;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import org.colonnade.certification.ledger.DatasetKey;

/**
 * A batch as it stands.
 *
 * @param states {@link #PENDING} or {@link #COMPLETED} by workspace
 */
public record Cycle(
        int id,
        String name,
        Instant deadline,
        SortedMap<String, String> states,
        SortedSet<DatasetKey> datasets,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt) {

    public static final String PENDING = "pending";
    public static final String COMPLETED = "completed";
    public static final String GLOBAL = "global";

    public Cycle {
        states = Collections.unmodifiableSortedMap(states);
        datasets = Collections.unmodifiableSortedSet(datasets);
    }

    public String state(String workspace) {
        return states.getOrDefault(workspace, "");
    }

    public boolean isCompletedIn(String workspace) {
        return state(workspace).equals(COMPLETED);
    }
}
