package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Step;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Line;
import org.colonnade.execution.place.Usage;
import org.colonnade.jobs.JobContext;
import org.jspecify.annotations.Nullable;

/** Fetches what an ended run left on the cluster: files, output, usage, and how it ended. */
final class Collector {

    /** Recorded once the log and the usage are with the job. */
    private static final String COLLECTED = "collected";

    private static final Duration ACCOUNTING_LAG = Duration.ofMillis(500);
    private static final int LOG_LIMIT = 64 << 10;

    private final String name;
    private final Path work;
    private final Line line;
    private final InstantSource clock;

    /**
     * @param name of the cluster
     * @param work folder of this machine in which results are put together
     */
    Collector(String name, Path work, Line line, InstantSource clock) {
        this.name = name;
        this.work = work;
        this.line = line;
        this.clock = clock;
    }

    Step.Ended collect(JobContext context, ClusterRun run, Command command, Connection connection, JobReport report)
            throws IOException, InterruptedException {
        String folder = connection.folder(run);
        context.progress(Double.NaN, "Fetching results from " + name);
        Remains remains = connection.staging.remains(folder, LOG_LIMIT);
        List<RemoteFile> files = remains.files();
        long total = files.stream().mapToLong(RemoteFile::size).sum();
        long limit = command.limits().folderBytes();
        if (total > limit) {
            return new Step.Ended(
                    new Ending.LimitReached(Ending.Limit.FOLDER_SIZE, "The files are larger than " + limit + " bytes"),
                    List.of());
        }
        Path results = work.resolve(run.name()).resolve("results");
        connection.staging.download(folder + "/work", files, results);
        List<Path> all = new ArrayList<>();
        files.forEach(file -> all.add(results.resolve(file.name())));
        boolean first = run.recorded(context, COLLECTED).isEmpty();
        long printed = 0;
        for (var printedTo : remains.streams().entrySet()) {
            String stream = printedTo.getKey();
            String text = Remains.text(printedTo.getValue());
            if (printedTo.getValue().length >= LOG_LIMIT) {
                printed +=
                        fetchStream(connection, folder, stream, command.limits().outputBytes(), results, all);
                text = "… the end of " + stream + ", which is the file " + stream + ".txt:\n" + text;
            }
            if (first && !text.isBlank()) {
                context.log(text);
            }
        }
        if (first) {
            keepUsage(context, connection, report);
            run.record(context, COLLECTED, clock.instant().toString());
        }
        return new Step.Ended(
                printed > command.limits().outputBytes()
                        ? new Ending.LimitReached(
                                Ending.Limit.OUTPUT,
                                "It printed more than " + command.limits().outputBytes() + " bytes")
                        : ending(report, remains.note()),
                all);
    }

    /**
     * Brings output that is too long for a log here as a file, unless it is longer than allowed.
     *
     * @return its length in bytes
     */
    private static long fetchStream(
            Connection connection, String folder, String stream, long limit, Path results, List<Path> all)
            throws IOException, InterruptedException {
        List<RemoteFile> found = connection.staging.list(folder).stream()
                .filter(file -> file.name().equals(stream))
                .toList();
        long length = found.stream().mapToLong(RemoteFile::size).sum();
        if (length > 0 && length <= limit) {
            // A folder of its own: the command may have left a file of that name.
            Path outputs = results.resolveSibling("output");
            connection.staging.download(folder, found, outputs);
            all.add(Files.move(
                    outputs.resolve(stream), outputs.resolve(stream + ".txt"), StandardCopyOption.REPLACE_EXISTING));
        }
        return length;
    }

    private void keepUsage(JobContext context, Connection connection, JobReport report)
            throws IOException, InterruptedException {
        Optional<Usage> usage = connection.slurm.usage(report.id());
        if (usage.filter(used -> used.maxMemoryBytes() == null).isPresent()) {
            // The accounting hears of the end a moment later than the controller.
            Thread.sleep(ACCOUNTING_LAG);
            usage = connection.slurm.usage(report.id());
        }
        if (usage.isPresent()) {
            Usage used = usage.get().withRestarts(report.restarts());
            context.log("Used on " + name + ": " + used.inWords());
            line.leave(context.job().id(), used.toJson());
        }
    }

    private Ending ending(JobReport report, @Nullable EndNote note) {
        return switch (report.state()) {
            case TIMEOUT, DEADLINE ->
                new Ending.LimitReached(Ending.Limit.WALL_TIME, "The cluster ended the job at its time limit");
            case OUT_OF_MEMORY ->
                new Ending.LimitReached(Ending.Limit.MEMORY, "The cluster ended the job for want of memory");
            case CANCELLED -> new Ending.Killed("The job was cancelled on " + name + ", not from here", false);
            case NODE_FAIL, BOOT_FAIL, PREEMPTED, REVOKED ->
                new Ending.Killed(name + " ended the job: " + report.state(), true);
            default -> new Ending.Exited(exitStatus(report, note));
        };
    }

    /** The note of the last start is exact; the scheduler's word is the fallback. */
    private static int exitStatus(JobReport report, @Nullable EndNote note) {
        if (note != null && !note.precedes(report)) {
            return note.status();
        }
        if (report.signal() > 0) {
            return 128 + report.signal();
        }
        if (report.exitCode() != null) {
            return report.exitCode();
        }
        return report.state() == SlurmState.COMPLETED ? 0 : 1;
    }
}
