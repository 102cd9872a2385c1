package org.colonnade.execution.slurm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;

/**
 * One submission of a job. A further attempt of the job goes on with it, wherever the one before stopped: only when the
 * cluster itself ended the job, and the handler wants to try again, there is a new run.
 *
 * @param number the attempt that began it
 */
record SlurmRun(JobId job, int number) {

    private static final String CURRENT = "slurm.run";
    private static final String OVER = "slurm.over";
    private static final String PREFIX = "colonnade-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9a-f-]{36})-(\\d{1,9})");

    static SlurmRun of(JobContext context) throws InterruptedException {
        int attempt = context.job().attempt();
        Optional<String> number = context.recorded(CURRENT);
        Optional<String> over = number.flatMap(run -> context.recorded(OVER + "." + run));
        if (number.isPresent() && (over.isEmpty() || Integer.parseInt(over.get()) >= attempt)) {
            return new SlurmRun(context.job().id(), Integer.parseInt(number.get()));
        }
        context.record(CURRENT, Integer.toString(attempt));
        return new SlurmRun(context.job().id(), attempt);
    }

    /** The run of a job or folder of that name on a cluster; empty if the name is not one of ours. */
    static Optional<SlurmRun> parse(String name) {
        Matcher found = NAME.matcher(name);
        return found.matches()
                ? Optional.of(new SlurmRun(JobId.parse(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /** A later attempt than this one begins anew. */
    void over(JobContext context) throws InterruptedException {
        context.record(OVER + "." + number, Integer.toString(context.job().attempt()));
    }

    Optional<String> recorded(JobContext context, String what) {
        return context.recorded("slurm." + what + "." + number);
    }

    void record(JobContext context, String what, String value) throws InterruptedException {
        context.record("slurm." + what + "." + number, value);
    }

    /** What the job is called on the cluster, and its folder below the root. */
    String name() {
        return PREFIX + job + "-" + number;
    }
}
