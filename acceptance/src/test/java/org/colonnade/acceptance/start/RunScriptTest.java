package org.colonnade.acceptance.start;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer's first hour with {@code ./run}: one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunScriptTest {

    @TempDir
    static Path folder;

    private static Map<String, String> withoutMaven;
    private static Path checkout;
    private static Path data;
    private static int port;
    private static final List<Run> RUNS = new ArrayList<>();

    @BeforeAll
    static void aNewcomerHasACopyOfTheSources() throws Exception {
        checkout = Files.createDirectory(folder.resolve("checkout"));
        data = folder.resolve("my data");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        // The files that a clone would have, without what was built here.
        Process copy = new ProcessBuilder(
                        "bash",
                        "-c",
                        "git ls-files -z --cached --others --exclude-standard | tar --null -T - -c | tar -x -C \"$0\"",
                        checkout.toString())
                .directory(Path.of("..").toFile())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
        withoutMaven = Map.of("PATH", everyProgramButMaven().toString());
    }

    @AfterAll
    static void nothingIsLeft() throws IOException {
        RUNS.forEach(run -> run.process.destroy());
        // JUnit would warn of each.
        try (var links = Files.newDirectoryStream(folder.resolve("bin"))) {
            for (Path link : links) {
                Files.delete(link);
            }
        }
    }

    private static Path everyProgramButMaven() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        try (var programs = Files.newDirectoryStream(Path.of("/usr/bin"))) {
            for (Path program : programs) {
                if (!program.getFileName().toString().startsWith("mvn")) {
                    Files.createSymbolicLink(bin.resolve(program.getFileName()), program);
                }
            }
        }
        return bin;
    }

    @Test
    @Order(1)
    void helpAndMistypedOptionsAreExplained() throws Exception {
        Run help = run(withoutMaven, "--help");
        assertThat(help.exitStatus(10)).isZero();
        assertThat(help.output()).contains("--port N", "--data DIR");

        Run mistyped = run(withoutMaven, "--prot", "80");
        assertThat(mistyped.exitStatus(10)).isEqualTo(2);
        assertThat(mistyped.output()).contains("Usage: ./run");

        for (String wrong : List.of("", "many", "0", "99999")) {
            Run refused = run(withoutMaven, "--port", wrong);
            assertThat(refused.exitStatus(10)).isEqualTo(2);
            assertThat(refused.output().strip())
                    .isEqualTo("--port takes a number from 1 to 65535, not '" + wrong + "'.");
        }
        Run nowhere = run(withoutMaven, "--data");
        assertThat(nowhere.exitStatus(10)).isEqualTo(2);
        assertThat(nowhere.output().strip()).isEqualTo("--data takes a folder.");
    }

    @Test
    @Order(1)
    void aPortOnWhichSomethingAnswersIsSaidBeforeAnythingIsBuilt() throws Exception {
        try (var other = new ServerSocket(0)) {
            Run refused = run(withoutMaven, "--port", "" + other.getLocalPort(), "--data", data.toString());
            assertThat(refused.exitStatus(10)).isEqualTo(1);
            assertThat(refused.output().strip())
                    .isEqualTo(
                            "Something answers on port " + other.getLocalPort() + " already; give --port another one.");
        }
    }

    @Test
    @Order(2)
    void aBuildThatIsToldToEndEndsWithAllItStarted() throws Exception {
        // given
        Run building = run(Map.of(), "--port", "" + port, "--data", data.toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> building.says("Building"));
        await().atMost(Duration.ofSeconds(30)).until(() -> building.family().size() > 1);
        List<ProcessHandle> family = building.family();
        // when
        building.process.destroy();
        // then
        assertThat(building.process.waitFor(15, SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(5)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    @Order(3)
    void oneCommandBuildsAndStartsTheGatewayAndOneSignalStopsAllOfIt() throws Exception {
        // when
        Run first = run(Map.of(), "--port", "" + port, "--data", data.toString());
        await().atMost(Duration.ofMinutes(5)).until(() -> first.says("Colonnade is ready: http://localhost:" + port));
        // then a second gateway on the same data is refused
        Run second = run(Map.of(), "--data", data.toString());
        assertThat(second.exitStatus(30)).isEqualTo(1);
        assertThat(second.output()).contains("Another gateway is running on " + data);
        // and the first one prepares a faster start meanwhile
        await().atMost(Duration.ofMinutes(4))
                .until(() -> first.process.isAlive() && Files.exists(checkout.resolve("build/gateway/start.aot")));
        // and leaves nothing behind
        List<ProcessHandle> family = first.family();
        first.process.destroy();
        assertThat(first.process.waitFor(15, SECONDS)).as("stopped within 15 s").isTrue();
        await().atMost(Duration.ofSeconds(15)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(databaseIsRunning()).isFalse();
    }

    @Test
    @Order(4)
    void aKilledGatewayIsStartedAgainWithoutABuildAndFindsItsDatabase() throws Exception {
        // given
        Run killed = run(withoutMaven, "--port", "" + port, "--data", data.toString());
        await().atMost(Duration.ofMinutes(1)).until(() -> killed.says("Colonnade is ready"));
        killed.process.destroyForcibly().waitFor();
        assertThat(databaseIsRunning())
                .as("the database server outlives kill -9")
                .isTrue();
        // when
        Run next = run(withoutMaven, "--port", "" + port, "--data", data.toString());
        await().atMost(Duration.ofMinutes(1)).until(() -> next.says("Colonnade is ready"));
        // then
        assertThat(next.output()).doesNotContain("Building");
        assertThat(next.process.info().arguments().orElseThrow())
                .as("prepared by the first start")
                .contains("-XX:AOTCache=build/gateway/start.aot");
        next.process.destroy();
        assertThat(next.process.waitFor(15, SECONDS)).isTrue();
        assertThat(databaseIsRunning()).isFalse();
    }

    @Test
    @Order(5)
    void whatIsMissingIsSaidInOneSentenceBeforeAnythingIsBuilt() throws Exception {
        // given sources that changed, and no Maven
        Path added = Files.writeString(checkout.resolve("gateway/src/main/resources/added.txt"), "changed");
        // when
        Run run = run(withoutMaven, "--port", "" + port, "--data", data.toString());
        // then
        assertThat(run.exitStatus(30)).isEqualTo(1);
        assertThat(run.output()).contains("apt-get install maven").doesNotContain("Building");
        Files.delete(added);
    }

    @ParameterizedTest(name = "{0} ms after its database began to start")
    @ValueSource(ints = {0, 500, 2500})
    @Order(6)
    void aGatewayThatIsToldToEndWhileItStartsLeavesNoDatabaseBehind(int millis) throws Exception {
        // given
        Run starting = run(withoutMaven, "--port", "" + port, "--data", data.toString());
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    starting.says("");
                    return databaseIsRunning();
                });
        Thread.sleep(millis);
        // when
        starting.process.destroy();
        // then
        assertThat(starting.process.waitFor(15, SECONDS))
                .as("stopped within 15 s")
                .isTrue();
        assertThat(databaseIsRunning()).isFalse();
    }

    private static Run run(Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("./run"));
        command.addAll(List.of(options));
        Path output = folder.resolve("output-" + RUNS.size());
        var builder = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Run run = new Run(builder.start(), output);
        RUNS.add(run);
        return run;
    }

    private static boolean databaseIsRunning() throws IOException {
        Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty()) {
            return false;
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        return ProcessHandle.of(pid).isPresent();
    }

    private record Run(Process process, Path file) {

        String output() throws IOException {
            return Files.readString(file);
        }

        boolean says(String text) throws IOException {
            if (!process.isAlive()) {
                throw new AssertionError("./run ended:\n" + output());
            }
            return output().contains(text);
        }

        int exitStatus(int withinSeconds) throws InterruptedException {
            assertThat(process.waitFor(withinSeconds, SECONDS)).isTrue();
            return process.exitValue();
        }

        List<ProcessHandle> family() {
            return process.descendants().toList();
        }
    }
}
