package org.colonnade.execution.slurm;

import org.jspecify.annotations.Nullable;

/**
 * What a cluster says about one job.
 *
 * @param id the cluster's number for it
 * @param reason why it waits, in Slurm's word; null when none is given
 * @param exitCode null while unknown
 * @param signal 0 when none ended it
 * @param restarts how often the cluster started it again
 */
record JobReport(
        long id,
        SlurmState state,
        @Nullable String reason,
        @Nullable Integer exitCode,
        int signal,
        int restarts) {

    boolean ended() {
        return state.phase() == SlurmState.Phase.ENDED;
    }
}
