package org.colonnade.execution.kubernetes;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.execution.place.Desk;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.StorageProperties;
import org.jspecify.annotations.Nullable;

/** Opens clusters by their configuration. */
public final class KubernetesPlaces {

    private KubernetesPlaces() {}

    /**
     * @param own the bucket in which the gateway keeps its files; null for a folder
     * @param work folder of this machine in which bundles and results are put together
     * @return a place that lives until it is closed
     * @throws IllegalStateException if there is no bucket for the files of jobs
     */
    public static ClusterAdapter open(
            String name,
            KubernetesProperties.Cluster cluster,
            StorageProperties.@Nullable S3 own,
            Path work,
            Supplier<Jobs> jobs,
            Admission admission) {
        StorageProperties.S3 bucket = cluster.bucket() != null ? cluster.bucket() : own;
        if (bucket == null) {
            throw new IllegalStateException(
                    "Cluster '" + name + "' needs an object store for the files of its jobs: set"
                            + " colonnade.execution.kubernetes.clusters." + name + ".bucket, or colonnade.storage.s3");
        }
        return new KubernetesPlace(name, cluster, bucket, work, InstantSource.system(), Desk.of(jobs), admission)
                .open();
    }
}
