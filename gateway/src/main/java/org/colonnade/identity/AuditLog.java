package org.colonnade.identity;

/** The record of sign-ins, grants, approvals, tokens and privileged acts. Entries are never changed or removed. */
public interface AuditLog {

    /** How an act ended. */
    enum Outcome {
        DONE,
        /** Somebody tried what they may not do, or showed a credential that is not good. */
        REFUSED,
        /** Something broke. */
        FAILED
    }

    /**
     * Writes one entry. What was {@link Outcome#DONE} is written in the caller's transaction: no act without its entry,
     * no entry without its act. Everything else is written at once, whatever becomes of the caller's transaction.
     *
     * @param action dotted name beginning with the room, e.g. {@code identity.sign-in}
     * @param target what it was done to, e.g. {@code account:…}; never a secret
     * @param detail one sentence; may be empty; never a secret
     */
    void record(Visitor who, String action, String target, Outcome outcome, String detail);
}
