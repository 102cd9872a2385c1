package org.colonnade.execution.slurm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.colonnade.execution.ssh.ShellWords;
import org.colonnade.execution.ssh.SshLink;
import org.colonnade.execution.ssh.UnreachableException;

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

    private final SshLink link;

    Slurm(SshLink link) {
        this.link = link;
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
    long submit(String folder, String name, List<String> options)
            throws IOException, InterruptedException, RefusedException {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--", folder, name));
        words.addAll(options);
        SshLink.Output output = script("submit.sh", words, PATIENCE.multipliedBy(4));
        if (output.status() == 0) {
            return Long.parseLong(output.out().strip());
        }
        if (output.status() == 93
                && !CONTROLLER_DOWN.matcher(output.err()).find()
                && !output.err().isBlank()) {
            throw new RefusedException(
                    output.firstLine().replaceFirst("^sbatch: error: (Batch job submission failed: )?", ""));
        }
        throw unreachable(output.status() == 90 ? "The folder " + folder + " cannot be used: " : "", output);
    }

    /** All jobs of our account that the controller remembers, ended ones included. */
    List<JobReport> queue() throws IOException, InterruptedException {
        var output = link.run(
                "timeout 30 squeue -h -t all -u \"$(id -un)\" -o " + ShellWords.quote(JobReports.SQUEUE_FORMAT),
                ANSWER_LIMIT,
                PATIENCE);
        if (output.status() != 0) {
            throw unreachable("squeue: ", output);
        }
        return JobReports.fromSqueue(output.out());
    }

    /** What the accounting database says; empty where a site has none. */
    List<JobReport> accounted(Collection<Long> ids) throws IOException, InterruptedException {
        var output = link.run(
                "timeout 30 sacct -X -n -P -o " + JobReports.SACCT_FIELDS + " -j " + joined(ids),
                ANSWER_LIMIT,
                PATIENCE);
        return output.status() == 0 ? JobReports.fromSacct(output.out()) : List.of();
    }

    /** How the commands in these folders ended, as their batch script wrote it down; only those that did. */
    Map<String, Integer> markers(Collection<String> folders) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--"));
        words.addAll(folders);
        Map<String, Integer> statuses = new HashMap<>();
        script("find-ended.sh", words, PATIENCE).out().lines().forEach(line -> {
            int bar = line.lastIndexOf('|');
            String[] parts = line.substring(bar + 1).split(" ", 2);
            if (bar > 0 && parts[0].matches("\\d{1,3}")) {
                statuses.put(line.substring(0, bar), Integer.parseInt(parts[0]));
            }
        });
        return statuses;
    }

    /** Ends a job; one that ended already, or is unknown, is no error. */
    void cancel(long id) throws IOException, InterruptedException {
        var output = link.run("timeout 30 scancel " + id, ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0 && CONTROLLER_DOWN.matcher(output.err()).find()) {
            throw unreachable("scancel: ", output);
        }
    }

    /** Ends the job of that name, if the cluster knows one. */
    void cancelByName(String name) throws IOException, InterruptedException {
        var output = link.run("timeout 30 scancel --name=" + ShellWords.quote(name), ANSWER_LIMIT, PATIENCE);
        if (output.status() != 0 && CONTROLLER_DOWN.matcher(output.err()).find()) {
            throw unreachable("scancel: ", output);
        }
    }

    /** The last bytes of a file; empty if there is none. */
    String tail(String file, int limit) throws IOException, InterruptedException {
        return link.run("tail -c " + limit + " -- " + ShellWords.quote(file) + " 2>/dev/null", limit, PATIENCE)
                .out();
    }

    private SshLink.Output script(String name, List<String> words, Duration patience)
            throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        var exit = link.run(ShellWords.command(words), new ByteArrayInputStream(resource(name)), out, patience);
        return new SshLink.Output(exit.status(), out.toString(StandardCharsets.UTF_8), exit.err());
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Slurm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The resource " + name + " is missing in this build");
            }
            return in.readAllBytes();
        }
    }

    private static String joined(Collection<Long> ids) {
        return String.join(",", ids.stream().map(String::valueOf).toList());
    }

    private static UnreachableException unreachable(String what, SshLink.Output output) {
        String message = "Slurm does not answer: " + what + output.firstLine();
        return new UnreachableException(
                UnreachableException.Cause.NETWORK, message, new IOException("status " + output.status()));
    }
}
