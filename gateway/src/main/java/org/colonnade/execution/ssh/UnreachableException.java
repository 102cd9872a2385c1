package org.colonnade.execution.ssh;

import java.io.IOException;

/** A host does not answer, or not as the one we know. Says nothing about what runs there. */
public class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What an operator has to look at. */
    public enum Cause {
        /** No route, refused, timed out or cut. Tried again with growing pauses. */
        NETWORK,
        /** The host showed another key than the pinned one; no credential was sent. */
        HOST_KEY,
        /** The host did not accept our credential. */
        CREDENTIAL
    }

    private final Cause reason;

    public UnreachableException(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
