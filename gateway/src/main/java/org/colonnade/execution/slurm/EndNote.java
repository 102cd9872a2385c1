package org.colonnade.execution.slurm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a batch script wrote down about the end of its command.
 *
 * @param status the exit status
 * @param restarts how often the cluster had started the job again by then
 */
record EndNote(int status, int restarts) {

    private static final Pattern NOTE = Pattern.compile("(\\d{1,3}) \\S+(?: (\\d{1,9}))?");

    static Optional<EndNote> parse(String note) {
        Matcher found = NOTE.matcher(note);
        return found.matches()
                ? Optional.of(new EndNote(
                        Integer.parseInt(found.group(1)),
                        found.group(2) == null ? 0 : Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /** Whether it is of an earlier start than the one that ended a job so reported, and says nothing of that. */
    boolean precedes(JobReport report) {
        return restarts < report.restarts();
    }
}
