package org.colonnade.certification.ledger;

import java.util.Comparator;

/** Names a dataset. */
public record DatasetKey(int run, String name) implements Comparable<DatasetKey> {

    /** The dataset of the run itself. */
    public static final String ONLINE = "online";

    private static final Comparator<DatasetKey> ORDER =
            Comparator.comparingInt(DatasetKey::run).thenComparing(DatasetKey::name);

    public static DatasetKey online(int run) {
        return new DatasetKey(run, ONLINE);
    }

    public boolean isOnline() {
        return name.equals(ONLINE);
    }

    /** As golden JSON files name it. */
    public String text() {
        return run + "-" + name;
    }

    @Override
    public int compareTo(DatasetKey other) {
        return ORDER.compare(this, other);
    }
}
