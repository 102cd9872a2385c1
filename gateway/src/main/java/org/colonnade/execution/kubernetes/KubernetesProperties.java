package org.colonnade.execution.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The Kubernetes clusters of an installation.
 *
 * @param clusters by the name under which jobs choose them
 */
@ConfigurationProperties("colonnade.execution.kubernetes")
public record KubernetesProperties(@DefaultValue Map<String, Cluster> clusters) {

    private static final String IN_POD = "/var/run/secrets/kubernetes.io/serviceaccount/";

    /**
     * One cluster.
     *
     * @param title for people; the name if not given
     * @param kinds the kinds of jobs that may run there
     * @param server address of the API server; not given, the cluster that the gateway itself runs in
     * @param token file with the token of the gateway's account; read again before it could run out
     * @param authority file with the certificate of the authority that signed the server's; it is not read for plain HTTP
     * @param namespace in which jobs run
     * @param image what the pods run: it brings bash, tar, curl, sha256sum and the programs
     * @param pullSecret name of the secret with which the image is fetched; null if none is needed
     * @param user number of the user in the pod, never 0
     * @param nodes labels that a node must have
     * @param bucket through which files travel; null for the bucket in which the gateway keeps its files
     * @param networks address ranges, in CIDR form, in which pods reach the object store
     * @param capacity jobs of ours at once
     * @param capacityPerOwner jobs of one owner at once
     * @param maxCores most cores that one job may ask for
     * @param maxWallTime longest time that one job may ask for
     * @param maxMemory most memory that one job may ask for
     * @param queueTime how long a job may wait for a node
     * @param startTime how long a pod that has a node may fail to start, because its image does not come for example
     * @param retention how long ended jobs and their files stay on the cluster and in the bucket
     * @param programs where the image keeps programs, by their path on the gateway's machine
     * @param allowed owners who may use it; empty for everybody
     * @param denied owners who may not
     */
    public record Cluster(
            @Nullable String title,
            Set<String> kinds,
            @DefaultValue("https://kubernetes.default.svc") String server,
            @DefaultValue(IN_POD + "token") Path token,
            @DefaultValue(IN_POD + "ca.crt") Path authority,
            String namespace,
            String image,
            @Nullable String pullSecret,
            @DefaultValue("65532") long user,
            @DefaultValue Map<String, String> nodes,
            StorageProperties.@Nullable S3 bucket,
            @DefaultValue("0.0.0.0/0") List<String> networks,
            @DefaultValue("100") int capacity,
            @DefaultValue("100") int capacityPerOwner,
            @DefaultValue("1") int maxCores,
            @DefaultValue("1d") Duration maxWallTime,
            @DefaultValue("4GB") DataSize maxMemory,
            @DefaultValue("1d") Duration queueTime,
            @DefaultValue("10m") Duration startTime,
            @DefaultValue("1d") Duration retention,
            @DefaultValue Map<String, String> programs,
            @DefaultValue Set<String> allowed,
            @DefaultValue Set<String> denied) {

        /** Signed addresses are valid for a week at most. */
        private static final Duration LONGEST = Duration.ofDays(7).minusHours(1);

        public Cluster {
            if (!server.matches("https?://\\S+")) {
                throw new IllegalArgumentException("server is an address such as https://cluster.example:6443");
            }
            if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                throw new IllegalArgumentException("namespace is a name of small letters, digits and dashes");
            }
            if (user <= 0) {
                throw new IllegalArgumentException("user is the number of a user who is not root");
            }
            if (maxWallTime.plus(queueTime).plus(startTime).compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "max-wall-time, queue-time and start-time are less than 7 days together: the addresses of a"
                                + " job's files are valid for so long");
            }
            if (queueTime.toSeconds() < 1 || startTime.toSeconds() < 1 || retention.isNegative()) {
                throw new IllegalArgumentException("queue-time and start-time are at least 1 s");
            }
        }
    }
}
