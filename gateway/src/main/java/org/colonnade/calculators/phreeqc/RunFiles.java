package org.colonnade.calculators.phreeqc;

import java.util.Set;
import java.util.regex.Pattern;
import org.colonnade.jobs.JobId;

/** What the files of a run are called, in its folder and in storage. */
public final class RunFiles {

    public static final String INPUT = "input.pqi";
    public static final String WARNINGS = "warnings.txt";
    public static final String ERRORS = "errors.txt";
    public static final String LOG = "phreeqc.log";
    public static final String DEFAULT_OUTPUT = "output.txt";

    private static final Set<String> RESERVED = Set.of(INPUT, WARNINGS, ERRORS, LOG, "phreeqc.dump");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_\\[,~-][\\p{L}\\p{N}_ \\[\\],~.-]{0,99}");

    private RunFiles() {}

    /** Whether a name can be given to a run's output or database. */
    public static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches() && !RESERVED.contains(name) && name.equals(name.strip());
    }

    /** Under which the input and a database of the user's own are stored. */
    static String inputGroup(JobId run) {
        return "phreeqc:" + run;
    }

    /** Under which everything that the run left is stored; pages about jobs show it. */
    static String resultGroup(JobId run) {
        return "job:" + run;
    }
}
