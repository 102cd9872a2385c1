package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pod's container as a sandbox of bubblewrap: this machine's programs on a root that cannot be written, a folder of its own
 * at /job, a user without rights, and the network, which a pod has too.
 */
final class Container {

    private final Process process;
    private final Path message;
    private final Instant startedAt = Instant.now();
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Instant endedAt = Instant.MAX;
    private volatile boolean overdue;

    /** @param text without the end of the line */
    record Line(Instant time, String text) {}

    Container(Pod pod, Map<String, String> environment, Path folder) {
        this.message = folder.resolve("termination-log");
        try {
            Files.createDirectories(folder.resolve("job"));
            Files.createFile(message);
            for (Path path : List.of(folder, folder.resolve("job"), message)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            process = new ProcessBuilder(words(pod, environment, folder))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::read);
        Long deadline = pod.getSpec().getActiveDeadlineSeconds();
        Thread.ofPlatform().daemon().start(() -> watch(deadline));
    }

    private static List<String> words(Pod pod, Map<String, String> environment, Path folder) {
        var container = pod.getSpec().getContainers().getFirst();
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            long user = pod.getSpec().getSecurityContext().getRunAsUser();
            words.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
        }
        words.addAll(
                List.of("bwrap", "--unshare-all", "--share-net", "--die-with-parent", "--new-session", "--clearenv"));
        environment.forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        words.addAll(List.of("--ro-bind", "/usr", "/usr", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives"));
        for (String name : List.of("lib", "lib32", "lib64", "bin", "sbin")) {
            if (Files.isSymbolicLink(Path.of("/", name))) {
                words.addAll(List.of("--symlink", "usr/" + name, "/" + name));
            }
        }
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        words.addAll(List.of("--bind", folder.resolve("termination-log").toString(), "/dev/termination-log"));
        words.addAll(List.of("--bind", folder.resolve("job").toString(), "/job"));
        words.addAll(List.of("--chdir", container.getWorkingDir(), "--remount-ro", "/", "--"));
        words.addAll(container.getCommand());
        return words;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                // Two lines never have the same time, as those that a runtime writes.
                Instant now = Instant.now();
                Instant last = lines.isEmpty() ? Instant.MIN : lines.getLast().time();
                lines.add(new Line(now.isAfter(last) ? now : last.plusNanos(1), line));
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    private void watch(@Nullable Long deadline) {
        try {
            if (deadline != null && !process.waitFor(deadline, TimeUnit.SECONDS)) {
                overdue = true;
                kill();
            }
            process.waitFor();
        } catch (InterruptedException e) {
            kill();
        }
        endedAt = Instant.now();
        ended.countDown();
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    boolean running() {
        return ended.getCount() > 0;
    }

    int exitStatus() {
        return process.exitValue();
    }

    boolean overdue() {
        return overdue;
    }

    String message() {
        try {
            return Files.readString(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant endedAt() {
        return endedAt;
    }

    List<Line> lines() {
        return lines;
    }

    String text() {
        return String.join("\n", lines.stream().map(Line::text).toList());
    }
}
