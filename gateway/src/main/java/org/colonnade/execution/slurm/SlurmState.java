package org.colonnade.execution.slurm;

import java.util.Locale;

/** The states that Slurm reports, and what they mean for a command. */
enum SlurmState {
    PENDING(Phase.SUBMITTED),
    CONFIGURING(Phase.SUBMITTED),
    REQUEUED(Phase.SUBMITTED),
    REQUEUE_HOLD(Phase.SUBMITTED),
    REQUEUE_FED(Phase.SUBMITTED),
    RESV_DEL_HOLD(Phase.SUBMITTED),
    SPECIAL_EXIT(Phase.SUBMITTED),
    RUNNING(Phase.RUNNING),
    COMPLETING(Phase.RUNNING),
    STAGE_OUT(Phase.RUNNING),
    SIGNALING(Phase.RUNNING),
    RESIZING(Phase.RUNNING),
    STOPPED(Phase.RUNNING),
    SUSPENDED(Phase.RUNNING),
    COMPLETED(Phase.ENDED),
    FAILED(Phase.ENDED),
    CANCELLED(Phase.ENDED),
    TIMEOUT(Phase.ENDED),
    NODE_FAIL(Phase.ENDED),
    PREEMPTED(Phase.ENDED),
    BOOT_FAIL(Phase.ENDED),
    DEADLINE(Phase.ENDED),
    OUT_OF_MEMORY(Phase.ENDED),
    REVOKED(Phase.ENDED),
    /** A word of a newer Slurm: nothing is concluded from it. */
    UNKNOWN(Phase.RUNNING);

    /** How far a job is. */
    enum Phase {
        SUBMITTED,
        RUNNING,
        ENDED
    }

    private final Phase phase;

    SlurmState(Phase phase) {
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    /** @param word a long name, perhaps with a remark behind it, as in {@code CANCELLED by 1000} */
    static SlurmState parse(String word) {
        String name = word.strip().split("[ +]", 2)[0].toUpperCase(Locale.ROOT);
        for (SlurmState state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
