package org.colonnade.execution.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.colonnade.execution.Command;
import org.colonnade.execution.ExecutionProperties;
import org.colonnade.execution.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed leaves nothing behind: neither processes nor folders. */
@Timeout(60)
class GatewayDeathTest {

    @TempDir
    Path temporary;

    @Test
    void killingTheGatewayEndsEveryProcessOfItsCommandsAndTheNextStartRemovesTheirFolders() throws Exception {
        // given: another JVM whose command runs, with a child that ignores signals
        String mark = UUID.randomUUID().toString();
        Path work = temporary.resolve("work");
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        work.toString(),
                        mark)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("gateway.log").toFile())
                .start();
        // The JVM's own command line holds the mark too.
        LocalPlaceTest.await(() -> LocalPlaceTest.processesNaming(mark).size() >= 4);
        // when
        gateway.destroyForcibly();
        // then
        assertThat(gateway.waitFor(5, TimeUnit.SECONDS)).isTrue();
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!LocalPlaceTest.processesNaming(mark).isEmpty() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        assertThat(LocalPlaceTest.processesNaming(mark)).isEmpty();
        // and when
        assertThat(work).isNotEmptyDirectory();
        new LocalPlace(properties(work)).close();
        // then
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aCommandOutlivesTheThreadThatAskedForIt() throws Exception {
        // given: the sandbox dies with the thread that started it, so this must not be the caller's
        Path work = temporary.resolve("work");
        try (var place = new LocalPlace(properties(work));
                var starter = new ProcessStarter()) {
            var process = new Process[1];
            var caller = Thread.ofPlatform().start(() -> {
                try {
                    process[0] = starter.start(new ProcessBuilder(
                            "bwrap", "--ro-bind", "/", "/", "--unshare-pid", "--die-with-parent", "sleep", "30"));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            // when
            caller.join();
            // then
            assertThat(process[0].waitFor(1, TimeUnit.SECONDS)).isFalse();
            process[0].destroyForcibly();
            assertThat(place.place().unavailable()).isNull();
        }
        assertThat(Files.exists(work)).isTrue();
    }

    private static ExecutionProperties properties(Path work) {
        return new ExecutionProperties(
                false, new ExecutionProperties.Local(work, 1, 65100, Duration.ofMillis(100)), Map.of());
    }

    /** The gateway that is going to be killed. */
    static final class Victim {

        public static void main(String[] arguments) throws Exception {
            var place = new LocalPlace(properties(Path.of(arguments[0])));
            String script = "trap '' TERM HUP INT; setsid sh -c 'sleep 600; : %s' & sleep 600; : %s"
                    .formatted(arguments[1], arguments[1]);
            var limits = new Limits(
                    Duration.ofMinutes(2), Duration.ofMinutes(2), 1L << 30, 16, 1 << 20, 1 << 20, 1 << 16, 1);
            place.advance(
                    new RecordingContext(),
                    new Command(List.of("sh", "-c", script), Map.of(), Map.of(), Map.of(), limits));
        }
    }
}
