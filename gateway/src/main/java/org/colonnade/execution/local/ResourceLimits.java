package org.colonnade.execution.local;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.execution.Limits;

/** The limits that the kernel itself can keep, as a call of {@code prlimit}. */
final class ResourceLimits {

    private ResourceLimits() {}

    /** @param countProcesses false where the limit would count everything that the gateway's own user runs */
    static List<String> prefix(String prlimit, Limits limits, boolean countProcesses) {
        long cpu = Math.max(1, limits.cpuTime().toSeconds());
        var words = new ArrayList<String>();
        words.add(prlimit);
        words.add("--as=" + limits.memoryBytes());
        // The signal of the soft limit tells it apart from other deaths; the hard limit ends whoever ignores it.
        words.add("--cpu=" + cpu + ":" + (cpu + 1));
        words.add("--fsize=" + limits.fileBytes());
        if (countProcesses) {
            words.add("--nproc=" + limits.processes());
        }
        words.add("--nofile=128");
        words.add("--core=0");
        words.add("--");
        return words;
    }
}
