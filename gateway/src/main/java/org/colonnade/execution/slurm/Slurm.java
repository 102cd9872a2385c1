package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.execution.place.Usage;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.execution.ssh.UnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one cluster. Every text of a user is a word that {@link ShellWords} quoted, or the content of a file;
 * the scripts themselves are constant.
 */
final class Slurm {

    /** Slurm's clients retry for minutes when the controller is down. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int ANSWER_LIMIT = 16 << 20;
    private static final Pattern CONTROLLER_DOWN = Pattern.compile(
            "Unable to contact slurm controller|Socket timed out|Connection refused|Zero Bytes were transmitted"
                    + "|Communication connection failure|Transport endpoint",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern START = Pattern.compile("to start at (\\S+)");

    private static final String QUEUE = "export SLURM_TIME_FORMAT=%s; "
            + squeue("-O " + ShellWords.quote(JobReports.SQUEUE_LONG)) + " 2>/dev/null || "
            // 124: out of time. Only a squeue that does not know these columns is asked in another way.
            + "if [ $? = 124 ]; then echo 'The controller does not answer' >&2; false; else "
            + squeue("-o " + ShellWords.quote(JobReports.SQUEUE_SHORT)) + "; fi";

    private final SshLink link;
    private final String queue;

    /** @param rest how the queue is read over slurmrestd; null to ask squeue */
    Slurm(SshLink link, @Nullable RestSocket rest) {
        this.link = link;
        this.queue = rest == null ? QUEUE : rest.jobs() + " || { " + QUEUE + "; }";
    }

    /**
     * A slurmrestd that listens on a socket of the login node.
     *
     * @param version of its paths, e.g. {@code v0.0.38}; each release of Slurm brings a new one and drops old ones
     */
    record RestSocket(String path, String version) {

        /** Fails if the daemon does not answer, or answers with anything else than jobs. */
        String jobs() {
            return "{ jobs=$(timeout 30 curl -sS -f --unix-socket " + ShellWords.quote(path)
                    + " -H 'Accept: application/json' "
                    + ShellWords.quote("http://localhost/slurm/" + version + "/jobs")
                    + ") && case $jobs in *'\"jobs\":'*) printf '%s' \"$jobs\" ;; *) false ;; esac; } 2>/dev/null";
        }
    }

    private static String squeue(String format) {
        return "timeout 20 squeue -h -r -t all -u \"$(id -un)\" " + format;
    }

    /** The cluster refused the job for good. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Submits the job in a prepared folder, unless that was done before.
     *
     * @return the cluster's number for it
     * @throws UnreachableException if it is not known whether the job was accepted; calling again finds out
     */
    String submit(String folder, String name, List<String> options)
            throws IOException, InterruptedException, RefusedException {
        return submitted(folder, submission(folder, name, "single", options));
    }

    /**
     * As {@link #submit}, for an array with one element per line of the file {@code folders} in the folder.
     *
     * @return empty if there is no such file, so that it was not submitted before either
     */
    Optional<String> submitArray(String folder, String name, List<String> options)
            throws IOException, InterruptedException, RefusedException {
        SshLink.Output output = submission(folder, name, "array", options);
        boolean unprepared = output.status() == 95 || (output.status() == 90 && !exists(folder));
        return unprepared ? Optional.empty() : Optional.of(submitted(folder, output));
    }

    private boolean exists(String folder) throws IOException, InterruptedException {
        return link.run("test -d " + ShellWords.quote(folder), ANSWER_LIMIT, PATIENCE)
                        .status()
                == 0;
    }

    private SshLink.Output submission(String folder, String name, String kind, List<String> options)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--", folder, name, kind));
        words.addAll(options);
        return script("submit.sh", words, PATIENCE.multipliedBy(4));
    }

    private static String submitted(String folder, SshLink.Output output)
            throws UnreachableException, RefusedException {
        if (output.status() == 0) {
            return output.out().strip();
        }
        if (output.status() == 93) {
            throw refusedOrUnreachable("", output);
        }
        throw unreachable(output.status() == 90 ? "The folder " + folder + " cannot be used: " : "", output);
    }

    private static UnreachableException refusedOrUnreachable(String what, SshLink.Output output)
            throws RefusedException {
        if (output.err().isBlank() || CONTROLLER_DOWN.matcher(output.err()).find()) {
            return unreachable(what, output);
        }
        throw new RefusedException(output.firstLine()
                .replaceFirst("^(?:sbatch: error: |allocation failure: |Batch job submission failed: )+", ""));
    }

    /** All jobs of our account that the controller remembers, ended ones included: one command. */
    List<JobReport> queue() throws IOException, InterruptedException {
        var output = link.run(queue, ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0) {
            throw unreachable("squeue: ", output);
        }
        return JobReports.fromSqueue(output.out());
    }

    /** What the accounting database says; empty where a site has none. */
    List<JobReport> accounted(Collection<String> ids) throws IOException, InterruptedException {
        return sacct("-X", JobReports.SACCT_FIELDS, String.join(",", ids))
                .map(JobReports::fromSacct)
                .orElse(List.of());
    }

    /** What the site's log of ended jobs says (JobCompType=jobcomp/filetxt); empty if it cannot be read. */
    List<JobReport> completed(String log, Collection<String> ids) throws IOException, InterruptedException {
        String pattern = "^JobId=(" + String.join("|", ids) + ") ";
        var output = link.run(
                "grep -h -E " + ShellWords.quote(pattern) + " -- " + ShellWords.quote(log), ANSWER_LIMIT, PATIENCE);
        return output.status() == 0 ? JobReports.fromCompletionLog(output.out()) : List.of();
    }

    /** What an ended job used; empty where a site has no accounting, or it lags behind. */
    Optional<Usage> usage(String id) throws IOException, InterruptedException {
        return sacct("", JobReports.USAGE_FIELDS, id).flatMap(text -> JobReports.usage(id, text));
    }

    private Optional<String> sacct(String option, String fields, String ids) throws IOException, InterruptedException {
        var output = link.run(
                "timeout 30 sacct " + option + " -n -P -o " + fields + " -j " + ShellWords.quote(ids),
                ANSWER_LIMIT,
                PATIENCE);
        return output.status() == 0 ? Optional.of(output.out()) : Optional.empty();
    }

    /** What the partitions of the cluster allow: one command. */
    List<Partition> partitions() throws IOException, InterruptedException {
        var output = link.run("timeout 30 sinfo -h -o " + ShellWords.quote(Partition.SINFO), ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0) {
            throw unreachable("sinfo: ", output);
        }
        return Partition.fromSinfo(output.out());
    }

    /**
     * When a job with these options would start if it were submitted now; empty if the cluster cannot say.
     *
     * @throws RefusedException if the cluster would not take it
     */
    Optional<Instant> expectedStart(List<String> options) throws IOException, InterruptedException, RefusedException {
        var output = link.run(
                "SLURM_TIME_FORMAT=%s timeout 30 sbatch --test-only " + ShellWords.command(options) + " --wrap true",
                ANSWER_LIMIT,
                PATIENCE);
        if (output.status() != 0) {
            throw refusedOrUnreachable("sbatch: ", output);
        }
        Matcher start = START.matcher(output.err());
        if (!start.find()) {
            return Optional.empty();
        }
        String word = start.group(1);
        return Optional.of(
                word.matches("\\d+")
                        ? Instant.ofEpochSecond(Long.parseLong(word))
                        : LocalDateTime.parse(word).toInstant(ZoneOffset.UTC));
    }

    /** How the commands in these folders ended, as their batch script wrote it down; only those that did. */
    Map<String, Integer> markers(Collection<String> folders) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--"));
        words.addAll(folders);
        Map<String, Integer> statuses = new HashMap<>();
        script("find-ended.sh", words, PATIENCE).out().lines().forEach(line -> {
            int bar = line.lastIndexOf('|');
            if (bar > 0) {
                EndNote.parse(line.substring(bar + 1))
                        .ifPresent(note -> statuses.put(line.substring(0, bar), note.status()));
            }
        });
        return statuses;
    }

    /** Ends a job; one that ended already, or is unknown, is no error. */
    void cancel(String id) throws IOException, InterruptedException {
        var output = link.run("timeout 30 scancel " + ShellWords.quote(id), ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0 && CONTROLLER_DOWN.matcher(output.err()).find()) {
            throw unreachable("scancel: ", output);
        }
    }

    /** Keeps the command in this folder from starting, should its job begin all the same. */
    void forbid(String folder) throws IOException, InterruptedException {
        link.run(
                "mkdir -p -- " + ShellWords.quote(folder) + " && touch -- " + ShellWords.quote(folder + "/cancelled"),
                ANSWER_LIMIT,
                PATIENCE);
    }

    /** Ends the job of that name, if the cluster knows one. */
    void cancelByName(String name) throws IOException, InterruptedException {
        var output = link.run("timeout 30 scancel --name=" + ShellWords.quote(name), ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0 && CONTROLLER_DOWN.matcher(output.err()).find()) {
            throw unreachable("scancel: ", output);
        }
    }

    private SshLink.Output script(String name, List<String> words, Duration patience)
            throws IOException, InterruptedException {
        return link.run(ShellWords.command(words), resource(name), ANSWER_LIMIT, patience);
    }

    /** A command line that runs these resources, one after the other, as a script with these words: for scripts that read input. */
    static String script(List<String> resources, String... words) throws IOException {
        var text = new StringBuilder();
        for (String name : resources) {
            text.append(new String(resource(name), UTF_8));
        }
        List<String> line = new ArrayList<>(List.of("sh", "-c", text.toString(), "sh"));
        line.addAll(List.of(words));
        return ShellWords.command(line);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Slurm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The resource " + name + " is missing in this build");
            }
            return in.readAllBytes();
        }
    }

    private static UnreachableException unreachable(String what, SshLink.Output output) {
        String message = "Slurm does not answer: " + what + output.firstLine();
        return new UnreachableException(
                UnreachableException.Cause.NETWORK, message, new IOException("status " + output.status()));
    }
}
