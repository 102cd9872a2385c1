package org.colonnade.execution.slurm;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.colonnade.execution.place.Cleaning;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;

/** Folders that ended runs, and arrays of them, left on a cluster. */
final class Leftovers implements Cleaning.Round {

    /** An element of an array may wait so long for its start, and reads the list of its folder only then. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(60);

    private final Connections connections;
    private final Duration retention;
    private final Desk desk;
    private final InstantSource clock;

    Leftovers(Connections connections, Duration retention, Desk desk, InstantSource clock) {
        this.connections = connections;
        this.retention = retention;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void clean() throws IOException, InterruptedException {
        for (Connection connection : connections.all()) {
            List<String> unusedArrays = connection.staging.untouched(connection.root, retention.plus(LONGEST_QUEUE));
            for (String folder : connection.staging.untouched(connection.root, retention)) {
                if (isDue(folder) || (folder.startsWith(JobArrays.PREFIX) && unusedArrays.contains(folder))) {
                    connection.staging.remove(connection.root + "/" + folder);
                }
            }
        }
    }

    private boolean isDue(String folder) {
        return ClusterRun.parse(SlurmPlace.ENGINE, folder)
                .filter(run -> Cleaning.isDue(run, desk, retention, clock))
                .isPresent();
    }
}
