package org.colonnade.benchmarks.clusters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.colonnade.execution.slurm.SlurmProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A real Slurm of one node on this machine, as {@code deploy/slurm/one-node} starts it. */
public final class OneNode implements AutoCloseable {

    private final Path base;
    private final Properties facts = new Properties();

    private OneNode(Path base) throws IOException {
        this.base = base;
        try (var in = Files.newInputStream(base.resolve("cluster.properties"))) {
            facts.load(in);
        }
    }

    /** Whether this machine has what it takes. */
    public static boolean isPossible() {
        return Stream.of("/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/sbin/sshd")
                .allMatch(program -> Files.isExecutable(Path.of(program)));
    }

    /** @param base a folder that does not exist yet; jobs of other users pass through those above it */
    public static OneNode start(Path base, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("start", base.toString()));
        words.addAll(List.of(options));
        run(words);
        return new OneNode(base);
    }

    /** One that stands already; whoever started it ends it. */
    static OneNode running(Path base) throws IOException {
        return new OneNode(base);
    }

    /** @param service sshd, slurmctld or slurmd */
    public void service(String verb, String service) throws IOException, InterruptedException {
        run(List.of("service", base.toString(), verb, service));
    }

    public Path base() {
        return base;
    }

    public Path root() {
        return Path.of(facts.getProperty("root"));
    }

    public int port() {
        return Integer.parseInt(facts.getProperty("port"));
    }

    public String privateKey() {
        return facts.getProperty("privateKey");
    }

    public String hostKey() {
        return facts.getProperty("hostKey");
    }

    public String user() {
        return facts.getProperty("user");
    }

    /** Socket of its slurmrestd; null unless it was started with {@code --rest}. */
    public @Nullable String restSocket() {
        return facts.getProperty("restSocket");
    }

    /** @param port of the login node, or of whatever stands before it */
    public SlurmProperties.Cluster configuration(int port, Path root, Duration poll, int capacity) {
        return new SlurmProperties.Cluster(
                "One node",
                Set.of(ClusterWorker.KIND),
                facts.getProperty("host"),
                port,
                user(),
                List.of(facts.getProperty("hostKey")),
                Path.of(privateKey()),
                null,
                null,
                false,
                null,
                root.toString(),
                poll,
                8,
                capacity,
                capacity,
                null,
                null,
                2,
                Duration.ofMinutes(60),
                DataSize.ofGigabytes(2),
                Duration.ofHours(1),
                Duration.ofDays(7),
                null,
                Map.of(),
                Set.of(),
                Set.of(),
                false,
                null,
                "v0.0.38");
    }

    /** Runs a command of the cluster here, past the gateway, and gives what it printed. */
    public String command(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("SLURM_CONF", base.resolve("slurm.conf").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return output.strip();
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        Path script = Path.of("deploy", "slurm", "one-node");
        List<String> command = new ArrayList<>();
        command.add((Files.exists(script) ? script : Path.of("..").resolve(script)).toString());
        command.addAll(words);
        Path output = Files.createTempFile("one-node-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() {
        try {
            run(List.of("stop", base.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
