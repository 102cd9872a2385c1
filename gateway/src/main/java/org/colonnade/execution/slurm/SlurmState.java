package org.colonnade.execution.slurm;

import java.util.Locale;

/** The states that Slurm reports, with their short codes, and what they mean for a command. */
enum SlurmState {
    PENDING("PD", Phase.SUBMITTED),
    CONFIGURING("CF", Phase.SUBMITTED),
    REQUEUED("RQ", Phase.SUBMITTED),
    REQUEUE_HOLD("RH", Phase.SUBMITTED),
    REQUEUE_FED("RF", Phase.SUBMITTED),
    RESV_DEL_HOLD("RD", Phase.SUBMITTED),
    SPECIAL_EXIT("SE", Phase.SUBMITTED),
    RUNNING("R", Phase.RUNNING),
    COMPLETING("CG", Phase.RUNNING),
    STAGE_OUT("SO", Phase.RUNNING),
    SIGNALING("SI", Phase.RUNNING),
    RESIZING("RS", Phase.RUNNING),
    STOPPED("ST", Phase.RUNNING),
    SUSPENDED("S", Phase.SUSPENDED),
    COMPLETED("CD", Phase.ENDED),
    FAILED("F", Phase.ENDED),
    CANCELLED("CA", Phase.ENDED),
    TIMEOUT("TO", Phase.ENDED),
    NODE_FAIL("NF", Phase.ENDED),
    PREEMPTED("PR", Phase.ENDED),
    BOOT_FAIL("BF", Phase.ENDED),
    DEADLINE("DL", Phase.ENDED),
    OUT_OF_MEMORY("OOM", Phase.ENDED),
    REVOKED("RV", Phase.ENDED),
    /** A word of a newer Slurm: nothing is concluded from it. */
    UNKNOWN("?", Phase.RUNNING);

    /** How far a job is. */
    enum Phase {
        SUBMITTED,
        RUNNING,
        /** Its processes are halted; its time limit does not go on. */
        SUSPENDED,
        ENDED
    }

    private final String code;
    private final Phase phase;

    SlurmState(String code, Phase phase) {
        this.code = code;
        this.phase = phase;
    }

    Phase phase() {
        return phase;
    }

    /** @param word a long name or a short code, perhaps with a remark behind it, as in {@code CANCELLED by 1000} */
    static SlurmState parse(String word) {
        String name = word.strip().split("[ +]", 2)[0].toUpperCase(Locale.ROOT);
        for (SlurmState state : values()) {
            if (state.name().equals(name) || state.code.equals(name)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
