package org.colonnade.execution.slurm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The Slurm clusters of an installation.
 *
 * @param clusters by the name under which jobs choose them
 */
@ConfigurationProperties("colonnade.execution.slurm")
public record SlurmProperties(@DefaultValue Map<String, Cluster> clusters) {

    /**
     * One cluster.
     *
     * @param title for people; the name if not given
     * @param kinds the kinds of jobs that may run there
     * @param host login node
     * @param hostKeys what {@code ssh-keyscan} prints behind the name; at least one
     * @param user the account that all share; null where everybody brings one
     * @param privateKey file with its key, readable for the gateway alone; null if the key is in the secret store
     * @param passphrase of that file
     * @param password only used with {@code allowPassword}
     * @param jump {@code user@host:port} to go through
     * @param root folder on the cluster below which each attempt gets a folder of its own
     * @param poll pause between two looks at the queue
     * @param channels commands at once over the connection
     * @param capacity jobs of ours at once
     * @param capacityPerOwner jobs of one owner at once
     * @param partition null for the cluster's default
     * @param account whom to charge; null for the cluster's default
     * @param maxCores most cores that one job may ask for
     * @param maxWallTime longest time that one job may ask for
     * @param maxMemory most memory that one job may ask for
     * @param silence how long after its time limit a job that nobody knows any more is given up
     * @param completionLog file on the cluster in which it logs ended jobs (jobcomp/filetxt); null if there is none
     * @param programs where the cluster keeps programs, by their path on the gateway's machine
     * @param allowed owners who may use it; empty for everybody
     * @param denied owners who may not
     * @param ownAccounts whether users may bring an account of their own
     * @param restSocket socket of a slurmrestd on the login node, through which the queue is read; null for squeue
     * @param restVersion of its paths
     * @param retention how long folders of ended attempts stay on the cluster
     */
    public record Cluster(
            @Nullable String title,
            Set<String> kinds,
            String host,
            @DefaultValue("22") int port,
            @Nullable String user,
            List<String> hostKeys,
            @Nullable Path privateKey,
            @Nullable String passphrase,
            @Nullable String password,
            @DefaultValue("false") boolean allowPassword,
            @Nullable String jump,
            String root,
            @DefaultValue("15s") Duration poll,
            @DefaultValue("8") int channels,
            @DefaultValue("100") int capacity,
            @DefaultValue("100") int capacityPerOwner,
            @Nullable String partition,
            @Nullable String account,
            @DefaultValue("1") int maxCores,
            @DefaultValue("1d") Duration maxWallTime,
            @DefaultValue("4GB") DataSize maxMemory,
            @DefaultValue("1h") Duration silence,
            @DefaultValue("7d") Duration retention,
            @Nullable String completionLog,
            @DefaultValue Map<String, String> programs,
            @DefaultValue Set<String> allowed,
            @DefaultValue Set<String> denied,
            @DefaultValue("false") boolean ownAccounts,
            @Nullable String restSocket,
            @DefaultValue("v0.0.38") String restVersion) {

        public Cluster {
            if (!root.startsWith("/")) {
                throw new IllegalArgumentException("root is an absolute folder on the cluster");
            }
            if (poll.toMillis() < 100) {
                throw new IllegalArgumentException("poll is at least 100 ms");
            }
            if (hostKeys.isEmpty()) {
                throw new IllegalArgumentException("host-keys names at least one key; ssh-keyscan prints them");
            }
            if (password != null && !allowPassword) {
                throw new IllegalArgumentException("a password is used only with allow-password");
            }
            if (user == null && !ownAccounts) {
                throw new IllegalArgumentException("user names the shared account (or own-accounts is true)");
            }
        }

        /** The name of the shared account. */
        String login() {
            return Objects.requireNonNull(user);
        }
    }
}
