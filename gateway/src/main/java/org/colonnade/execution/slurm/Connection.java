package org.colonnade.execution.slurm;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.execution.place.Reachability;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.jobs.JobId;

/** One account on one cluster: a connection for commands, one for files, and what works over them. */
final class Connection implements AutoCloseable {

    /** The name of the account that all share, among those of accounts that owners brought. */
    static final String SHARED = "shared";

    private static final int TRANSFERS = 4;

    final String root;
    final SshLink control;
    final SshLink transfers;
    final Slurm slurm;
    final Staging staging;
    final Tools tools;
    final Reachability reachability;
    final QueueWatch watch;
    final JobArrays arrays;

    /**
     * @param root folder on the cluster below which this account's jobs get their folders
     * @param there the jobs that are at the cluster under this account, over all gateways
     */
    Connection(
            SlurmProperties.Cluster cluster,
            SshEndpoint endpoint,
            String root,
            InstantSource clock,
            Desk desk,
            Supplier<List<JobId>> there) {
        this.root = root;
        this.control = new SshLink(endpoint, cluster.channels(), clock);
        this.transfers = new SshLink(endpoint, Math.min(TRANSFERS, cluster.channels()), clock);
        this.slurm = new Slurm(
                control,
                cluster.restSocket() == null
                        ? null
                        : new Slurm.RestSocket(cluster.restSocket(), cluster.restVersion()));
        this.staging = new Staging(transfers);
        this.tools = new Tools(transfers, staging, root, clock);
        this.reachability = new Reachability(endpoint.toString(), clock);
        this.watch = new QueueWatch(slurm, cluster, reachability, clock, desk, there);
        this.arrays = new JobArrays(this);
    }

    String folder(ClusterRun run) {
        return root + "/" + run.name();
    }

    @Override
    public void close() {
        watch.close();
        control.close();
        transfers.close();
    }
}
