package org.colonnade.execution.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Ending.Limit;
import org.colonnade.execution.Limits;
import org.colonnade.jobs.JobContext;
import org.jspecify.annotations.Nullable;

/** One started process, watched until it ends by itself or for reaching a limit. */
final class RunningCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How soon output is looked for again: a program that prints much shall not wait for us. */
    private static final long BUSY_MILLIS = 1;

    private static final long QUIET_MILLIS = 50;

    private final Process process;
    private final Path folder;
    private final Limits limits;
    private final OutputPump output;
    private final long startedAt = System.nanoTime();
    private long cpuNanos;
    private @Nullable String firstLine;

    private RunningCommand(Process process, Path folder, Limits limits) {
        this.process = process;
        this.folder = folder;
        this.limits = limits;
        this.output = new OutputPump(process.getInputStream(), limits.outputBytes());
    }

    static RunningCommand start(ProcessStarter starter, List<String> words, Path folder, Limits limits)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().retainAll(List.of("PATH"));
        return new RunningCommand(starter.start(builder), folder, limits);
    }

    /**
     * Passes the output on to the job's log until the command ended, and says how. Whatever happens, no process of the
     * command is left afterwards.
     *
     * @throws InterruptedException if the job was cancelled or lost, or the gateway stops
     */
    Ending await(JobContext context, Duration watchInterval) throws InterruptedException {
        Ending reached = null;
        try {
            long nextWatch = startedAt + watchInterval.toNanos();
            long pause = QUIET_MILLIS;
            while (reached == null && !process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                pause = passOn(context) ? BUSY_MILLIS : QUIET_MILLIS;
                if (System.nanoTime() - nextWatch >= 0) {
                    context.check();
                    reached = limitReached().orElse(null);
                    nextWatch = System.nanoTime() + watchInterval.toNanos();
                }
            }
        } finally {
            kill();
        }
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!output.ended(Duration.ofMillis(20)) && System.nanoTime() < patience) {
            passOn(context);
        }
        passOn(context);
        if (output.exceeded()) {
            return outputLimit();
        }
        return reached != null ? reached : ending(process.waitFor());
    }

    /** @return whether there was anything */
    private boolean passOn(JobContext context) throws InterruptedException {
        List<String> lines = output.take();
        if (!lines.isEmpty()) {
            if (firstLine == null) {
                firstLine = lines.getFirst();
            }
            context.log(String.join("\n", lines));
        }
        return !lines.isEmpty();
    }

    private Optional<Ending> limitReached() {
        if (System.nanoTime() - startedAt > limits.wallTime().toNanos()) {
            return reached(Limit.WALL_TIME, "It ran longer than " + words(limits.wallTime()));
        }
        if (output.exceeded()) {
            return Optional.of(outputLimit());
        }
        Usage usage = Usage.of(process.toHandle());
        cpuNanos = Math.max(cpuNanos, usage.cpuNanos());
        if (cpuNanos > limits.cpuTime().toNanos()) {
            return reached(Limit.CPU_TIME, cpuSentence());
        }
        if (usage.residentBytes() > limits.memoryBytes()) {
            return reached(Limit.MEMORY, "It used more than " + megabytes(limits.memoryBytes()) + " of memory");
        }
        return folderLimit(usage.hiddenBytes());
    }

    private Optional<Ending> folderLimit(long hiddenBytes) {
        long allowed = limits.folderBytes() - hiddenBytes;
        return FolderSize.measure(folder, allowed) > allowed
                ? reached(Limit.FOLDER_SIZE, "Its files together grew beyond " + megabytes(limits.folderBytes()))
                : Optional.empty();
    }

    /**
     * What an exit status means. A shell-like status of 128 + n tells of signal n: 24 is sent at the limit of processor
     * time, 25 at the limit of a file's size.
     */
    private Ending ending(int status) {
        if (status == 128 + 24
                || status == 128 + 9 && cpuNanos > limits.cpuTime().toNanos() * 9 / 10) {
            return new Ending.LimitReached(Limit.CPU_TIME, cpuSentence());
        }
        if (status == 128 + 25) {
            return fileLimit();
        }
        if (status == 128 + 9) {
            return new Ending.Killed("It was killed from outside, perhaps because the server ran out of memory", true);
        }
        if (status != 0 && firstLine != null && firstLine.matches("(bwrap|prlimit|setpriv): .*")) {
            return new Ending.NotStarted(firstLine);
        }
        return folderLimit(0).orElseGet(() -> new Ending.Exited(status));
    }

    /** The ending of a command that left a file of this size: a program may ignore that it could write no more. */
    static Ending withLargestFile(Ending ending, long bytes, Limits limits) {
        return ending instanceof Ending.Exited && bytes >= limits.fileBytes()
                ? new Ending.LimitReached(Limit.FILE_SIZE, fileSentence(limits))
                : ending;
    }

    private Ending fileLimit() {
        return new Ending.LimitReached(Limit.FILE_SIZE, fileSentence(limits));
    }

    private static String fileSentence(Limits limits) {
        return "One of its files grew to the limit of " + megabytes(limits.fileBytes());
    }

    private Ending outputLimit() {
        return new Ending.LimitReached(Limit.OUTPUT, "It printed more than " + megabytes(limits.outputBytes()));
    }

    private String cpuSentence() {
        return "It used more than " + words(limits.cpuTime()) + " of processor time";
    }

    private static Optional<Ending> reached(Limit limit, String why) {
        return Optional.of(new Ending.LimitReached(limit, why));
    }

    /** Ends the process and everything it started. The kernel ends a sandbox as a whole with its first process. */
    private void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        boolean interrupted = false;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < until) {
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String words(Duration time) {
        return time.toMinutes() >= 2 ? time.toMinutes() + " minutes" : time.toSeconds() + " seconds";
    }

    private static String megabytes(long bytes) {
        return bytes >= 1_000_000 ? "%.0f MB".formatted(bytes / 1e6) : bytes + " bytes";
    }
}
