package org.colonnade.execution.place;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;

/**
 * One submission of a job to a cluster. A further attempt of the job goes on with it, wherever the one before stopped: only
 * when the cluster itself ended the job, and the handler wants to try again, there is a new run.
 *
 * @param engine what schedules there, as a word before the names of what is recorded, e.g. {@code slurm}
 * @param number the attempt that began it
 */
public record ClusterRun(String engine, JobId job, int number) {

    private static final String PREFIX = "colonnade-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9a-f-]{36})-(\\d{1,9})");

    public static ClusterRun of(JobContext context, String engine) throws InterruptedException {
        int attempt = context.job().attempt();
        Optional<String> number = context.recorded(engine + ".run");
        Optional<String> over = number.flatMap(run -> context.recorded(engine + ".over." + run));
        if (number.isPresent() && (over.isEmpty() || Integer.parseInt(over.get()) >= attempt)) {
            return new ClusterRun(engine, context.job().id(), Integer.parseInt(number.get()));
        }
        context.record(engine + ".run", Integer.toString(attempt));
        return new ClusterRun(engine, context.job().id(), attempt);
    }

    /** The run of a job or folder of that name on a cluster; empty if the name is not one of ours. */
    public static Optional<ClusterRun> parse(String engine, String name) {
        Matcher found = NAME.matcher(name);
        return found.matches()
                ? Optional.of(new ClusterRun(engine, JobId.parse(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /** A later attempt than this one begins anew. */
    public void over(JobContext context) throws InterruptedException {
        context.record(
                engine + ".over." + number, Integer.toString(context.job().attempt()));
    }

    public Optional<String> recorded(JobContext context, String what) {
        return context.recorded(key(what));
    }

    public void record(JobContext context, String what, String value) throws InterruptedException {
        context.record(key(what), value);
    }

    private String key(String what) {
        return engine + "." + what + "." + number;
    }

    /** What the job is called on the cluster, and its folder below the root. */
    public String name() {
        return PREFIX + job + "-" + number;
    }
}
