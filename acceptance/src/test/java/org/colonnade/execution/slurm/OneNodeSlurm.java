package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.colonnade.benchmarks.clusters.OneNode;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** A real Slurm of one node below a temporary folder, and how a gateway may be configured for it. */
final class OneNodeSlurm implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final OneNode node;

    private OneNodeSlurm(OneNode node) {
        this.node = node;
    }

    /** @param options as {@code deploy/slurm/one-node start} takes them */
    static OneNodeSlurm start(String... options) throws IOException, InterruptedException {
        Path parent = Files.createTempDirectory("colonnade-slurm-");
        // Daemons and jobs of other users pass through it.
        assertThat(parent.toFile().setExecutable(true, false)).isTrue();
        return new OneNodeSlurm(OneNode.start(parent.resolve("cluster"), options));
    }

    /** @param service sshd, slurmctld or slurmd */
    void stop(String service) throws IOException, InterruptedException {
        node.service("stop", service);
    }

    void start(String service) throws IOException, InterruptedException {
        node.service("start", service);
    }

    int port() {
        return node.port();
    }

    /** Where jobs get their folders. */
    Path root() {
        return node.root();
    }

    SlurmProperties.Cluster properties() {
        return properties(Duration.ofDays(7), hostKey());
    }

    SlurmProperties.Cluster properties(Duration retention, String hostKey) {
        return properties(retention, hostKey, user(), null, Set.of(), Set.of());
    }

    SlurmProperties.Cluster properties(Set<String> allowed, Set<String> denied) {
        return properties(Duration.ofDays(7), hostKey(), user(), null, allowed, denied);
    }

    /** Without a shared account: everybody brings one. */
    SlurmProperties.Cluster ownAccounts() {
        return properties(Duration.ofDays(7), hostKey(), null, null, Set.of(), Set.of());
    }

    /** The login node stands before itself as the host to go through. */
    SlurmProperties.Cluster behindItself() {
        return properties(Duration.ofDays(7), hostKey(), user(), user() + "@127.0.0.1:" + port(), Set.of(), Set.of());
    }

    private SlurmProperties.Cluster properties(
            Duration retention,
            String hostKey,
            @Nullable String user,
            @Nullable String jump,
            Set<String> allowed,
            Set<String> denied) {
        return new SlurmProperties.Cluster(
                "Test cluster",
                Set.of("shell"),
                HOST,
                port(),
                user,
                List.of(hostKey),
                user == null ? null : privateKey(),
                null,
                null,
                false,
                jump,
                node.root().toString(),
                Duration.ofMillis(500),
                8,
                100,
                100,
                null,
                null,
                2,
                Duration.ofMinutes(60),
                DataSize.ofGigabytes(2),
                Duration.ofHours(1),
                retention,
                null,
                Map.of(),
                allowed,
                denied,
                user == null,
                node.restSocket(),
                "v0.0.38");
    }

    String user() {
        return node.user();
    }

    Path privateKey() {
        return Path.of(node.privateKey());
    }

    /** As an operator writes it down, without what stands before. */
    Map<String, String> settings(String kind) {
        return Map.of(
                "title", "Test cluster",
                "kinds", kind,
                "host", HOST,
                "port", Integer.toString(port()),
                "user", node.user(),
                "host-keys[0]", node.hostKey(),
                "private-key", node.privateKey(),
                "root", node.root().toString(),
                "poll", "1s");
    }

    /** Of one that was started with {@code --rest}. */
    String restSocket() {
        return Objects.requireNonNull(node.restSocket());
    }

    SshEndpoint endpoint() throws IOException {
        return endpoint(port());
    }

    /** @param port of whatever stands before it */
    SshEndpoint endpoint(int port) throws IOException {
        return new SshEndpoint(
                HOST,
                port,
                node.user(),
                List.of(SshKeys.publicKey(hostKey())),
                new SshEndpoint.Key(SshKeys.privateKey(Files.readString(Path.of(node.privateKey())), null)),
                null,
                Duration.ofSeconds(20));
    }

    String hostKey() {
        return node.hostKey();
    }

    /** Runs a command of the cluster here, past the gateway, and gives what it printed. */
    String command(String... words) throws IOException, InterruptedException {
        return node.command(words);
    }

    @Override
    public void close() {
        node.close();
        FileSystemUtils.deleteRecursively(node.base().resolve("..").normalize().toFile());
    }
}
