package org.colonnade.execution.slurm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster says about one job.
 *
 * @param id the cluster's number for it; of an element of an array {@code 12_3}
 * @param name as submitted; null where it was not asked for
 * @param reason why it waits, in Slurm's word; null when none is given
 * @param exitCode null while unknown
 * @param signal 0 when none ended it
 * @param restarts how often the cluster started it again
 * @param start when it began, or is expected to; null while unknown
 */
record JobReport(
        String id,
        @Nullable String name,
        SlurmState state,
        @Nullable String reason,
        @Nullable Integer exitCode,
        int signal,
        int restarts,
        @Nullable Instant start) {

    boolean ended() {
        return state.phase() == SlurmState.Phase.ENDED;
    }
}
