package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A real Slurm of one node, with daemons of its own below a temporary folder. */
final class OneNodeSlurm implements AutoCloseable {

    private static final Path SCRIPT = Path.of("..", "deploy", "slurm", "one-node");

    private final Path base;
    private final Properties facts = new Properties();

    private OneNodeSlurm(Path base) throws IOException {
        this.base = base;
        try (var in = Files.newInputStream(base.resolve("cluster.properties"))) {
            facts.load(in);
        }
    }

    /** @param options as {@code deploy/slurm/one-node start} takes them */
    static OneNodeSlurm start(String... options) throws IOException, InterruptedException {
        Path parent = Files.createTempDirectory("colonnade-slurm-");
        // Daemons and jobs of other users pass through it.
        assertThat(parent.toFile().setExecutable(true, false)).isTrue();
        Path base = parent.resolve("cluster");
        List<String> words = new ArrayList<>(List.of("start", base.toString()));
        words.addAll(List.of(options));
        oneNode(words);
        return new OneNodeSlurm(base);
    }

    /** @param service sshd, slurmctld or slurmd */
    void stop(String service) throws IOException, InterruptedException {
        oneNode(List.of("service", base.toString(), "stop", service));
    }

    void start(String service) throws IOException, InterruptedException {
        oneNode(List.of("service", base.toString(), "start", service));
    }

    int port() {
        return Integer.parseInt(facts.getProperty("port"));
    }

    /** Where jobs get their folders. */
    Path root() {
        return Path.of(facts.getProperty("root"));
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
                facts.getProperty("host"),
                port(),
                user,
                List.of(hostKey),
                user == null ? null : privateKey(),
                null,
                null,
                false,
                jump,
                facts.getProperty("root"),
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
                facts.getProperty("restSocket"),
                "v0.0.38");
    }

    String user() {
        return facts.getProperty("user");
    }

    Path privateKey() {
        return Path.of(facts.getProperty("privateKey"));
    }

    /** As an operator writes it down, without what stands before. */
    Map<String, String> settings(String kind) {
        return Map.of(
                "title", "Test cluster",
                "kinds", kind,
                "host", facts.getProperty("host"),
                "port", facts.getProperty("port"),
                "user", facts.getProperty("user"),
                "host-keys[0]", facts.getProperty("hostKey"),
                "private-key", facts.getProperty("privateKey"),
                "root", facts.getProperty("root"),
                "poll", "1s");
    }

    /** Null unless it was started with {@code --rest}. */
    String restSocket() {
        return facts.getProperty("restSocket");
    }

    SshEndpoint endpoint() throws IOException {
        return new SshEndpoint(
                facts.getProperty("host"),
                port(),
                facts.getProperty("user"),
                List.of(SshKeys.publicKey(hostKey())),
                new SshEndpoint.Key(
                        SshKeys.privateKey(Files.readString(Path.of(facts.getProperty("privateKey"))), null)),
                null,
                Duration.ofSeconds(20));
    }

    String hostKey() {
        return facts.getProperty("hostKey");
    }

    /** Runs a command of the cluster here, past the gateway, and gives what it printed. */
    String command(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("SLURM_CONF", base.resolve("slurm.conf").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    private static void oneNode(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(words);
        Path output = Files.createTempFile("one-node-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        Files.delete(output);
    }

    @Override
    public void close() {
        try {
            oneNode(List.of("stop", base.toString()));
            try (var paths = Files.walk(base.getParent())) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
