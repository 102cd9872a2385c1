package org.colonnade.certification.cycle;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import org.colonnade.certification.ledger.DatasetKey;

/**
 * A batch as it stands.
 *
 * @param states {@link #PENDING} or {@link #COMPLETED} by workspace
 * @param members its datasets, and when each was added
 * @param version that last said something about it
 */
public record Cycle(
        int id,
        String name,
        Instant deadline,
        SortedMap<String, String> states,
        SortedMap<DatasetKey, Instant> members,
        boolean deleted,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public static final String PENDING = "pending";
    public static final String COMPLETED = "completed";
    public static final String GLOBAL = "global";

    public Cycle {
        states = Collections.unmodifiableSortedMap(states);
        members = Collections.unmodifiableSortedMap(members);
    }

    public Set<DatasetKey> datasets() {
        return members.keySet();
    }

    public String state(String workspace) {
        return states.getOrDefault(workspace, "");
    }

    public boolean isCompletedIn(String workspace) {
        return state(workspace).equals(COMPLETED);
    }
}
