package org.colonnade.execution.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.colonnade.execution.Command;
import org.colonnade.execution.Limits;
import org.jspecify.annotations.Nullable;

/**
 * What this machine can do to shut commands in; found out by running one.
 *
 * @param sandbox null if commands must not run here
 * @param missing what keeps the machine from making a sandbox, and the remedy; null if it can
 */
record Protection(@Nullable Sandbox sandbox, @Nullable String missing) {

    private static final Command PROBE = new Command(
            List.of("/usr/bin/true"),
            Map.of(),
            Map.of(),
            Map.of(),
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1L << 30, 4, 1 << 20, 1 << 20, 1 << 16, 1));

    /**
     * @param unsafe whether commands may run even without a sandbox
     * @param starter starts the probe
     * @param folder an existing folder for the probe
     * @param user the user id of the probe, where ids can be given
     */
    static Protection find(boolean unsafe, ProcessStarter starter, Path folder, int user) throws InterruptedException {
        String missing;
        Optional<Path> program = onPath("bwrap").findFirst();
        if (program.isEmpty()) {
            missing = "bubblewrap is not installed on this server: apt-get install bubblewrap";
        } else {
            var sandbox = new Bubblewrap(program.get().toString(), "root".equals(System.getProperty("user.name")));
            missing = trouble(sandbox, starter, folder, user);
            if (missing == null) {
                return new Protection(sandbox, null);
            }
        }
        return unsafe
                ? new Protection(
                        new Unprotected(
                                onPath("setpriv").findAny().isPresent(),
                                onPath("prlimit").findAny().isPresent()),
                        missing)
                : new Protection(null, missing);
    }

    private static @Nullable String trouble(Sandbox sandbox, ProcessStarter starter, Path folder, int user)
            throws InterruptedException {
        Path output = folder.resolve("probe.txt");
        try {
            var builder = new ProcessBuilder(sandbox.wrap(PROBE, folder, user))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile());
            Process process = starter.start(builder);
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "the sandbox did not start within 10 seconds";
            }
            if (process.exitValue() == 0) {
                return null;
            }
            String said = Files.readString(output).strip();
            return "this server cannot make a sandbox (" + said.substring(0, Math.min(300, said.length()))
                    + "); it needs namespaces: sysctl -w kernel.unprivileged_userns_clone=1, or, in a container,"
                    + " permission to create user namespaces";
        } catch (IOException e) {
            return "this server cannot start the sandbox: " + e.getMessage();
        }
    }

    /** The program in each folder of the gateway's own search path that has it. */
    private static Stream<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }
}
