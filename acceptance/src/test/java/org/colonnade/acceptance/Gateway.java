package org.colonnade.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process of its own, with an embedded PostgreSQL in a folder of its own. */
public final class Gateway implements AutoCloseable {

    private final Path data;
    private final int port;
    private final List<String> options;
    private Process process;

    private Gateway(Path data, int port, List<String> options) throws IOException {
        this.data = data;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    private static final class Shared {
        static final Gateway GATEWAY = start();

        private static Gateway start() {
            try {
                Gateway gateway = Gateway.start();
                Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
                return gateway;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One gateway for all tests that change nothing that others look at. */
    public static Gateway shared() {
        return Shared.GATEWAY;
    }

    /**
     * Starts a gateway on a free port and waits until it is ready.
     *
     * @param options further arguments such as {@code --colonnade.demo=true}
     */
    public static Gateway start(String... options) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("colonnade-acceptance-");
        shareDatabasePrograms(data);
        Gateway gateway = new Gateway(data, freePort(), List.of(options));
        try {
            gateway.awaitReady();
        } catch (IllegalStateException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    private static void shareDatabasePrograms(Path data) throws IOException {
        Path folder = Files.createDirectory(data.resolve("postgres"));
        Files.createSymbolicLink(folder.resolve("binaries"), databasePrograms());
    }

    /** Where PostgreSQL is unpacked once for all tests; it costs as much as all the rest of a first start. */
    public static Path databasePrograms() throws IOException {
        return Files.createDirectories(Path.of("target", "postgres")).toAbsolutePath();
    }

    /** @param path begins with a slash */
    public URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    public int port() {
        return port;
    }

    public Path data() {
        return data;
    }

    /** Everything that the server printed and logged so far. */
    public String output() throws IOException {
        return Files.readString(data.resolve("output.log"));
    }

    /** Kills the server without warning; its PostgreSQL lives on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on the same data after {@link #kill}. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // It starts often and never runs for long.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspring.aot.enabled=true",
                "-cp",
                classPath(),
                "org.colonnade.Colonnade",
                "--server.port=" + port,
                "--colonnade.data=" + data,
                "--colonnade.database.durable=false"));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("output.log").toFile()))
                .start();
    }

    private static String classPath() throws IOException {
        Path built = Path.of("..", "gateway", "target");
        try (var jars = Files.newDirectoryStream(built, "gateway-*.jar")) {
            return jars.iterator().next() + ":" + Files.readString(built.resolve("class-path"));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(Duration.ofMinutes(5));
        var request = HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(latest) && process.isAlive()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // The port opens last.
                }
                Thread.sleep(200);
            }
        }
        throw new IllegalStateException("The gateway did not become ready:\n" + output());
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (var paths = Files.walk(data)) {
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
