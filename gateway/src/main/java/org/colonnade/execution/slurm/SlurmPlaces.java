package org.colonnade.execution.slurm;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.execution.place.Desk;
import org.colonnade.jobs.Jobs;

/** Opens clusters by their configuration. */
public final class SlurmPlaces {

    private SlurmPlaces() {}

    /**
     * @param work folder of this machine in which results are put together
     * @return a place that lives until it is closed
     * @throws IllegalStateException if a key cannot be read; the message never quotes it
     */
    public static ClusterAdapter open(
            String name, SlurmProperties.Cluster cluster, Path work, Supplier<Jobs> jobs, Admission admission) {
        return open(name, cluster, work, jobs, admission, KeyRing.EMPTY);
    }

    static SlurmPlace open(
            String name,
            SlurmProperties.Cluster cluster,
            Path work,
            Supplier<Jobs> jobs,
            Admission admission,
            KeyRing keys) {
        return new SlurmPlace(name, cluster, work, InstantSource.system(), Desk.of(jobs), admission, keys).open();
    }
}
