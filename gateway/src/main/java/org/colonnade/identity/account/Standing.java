package org.colonnade.identity.account;

/** How far an account is on its way in. */
public enum Standing {
    /** Somebody typed an address; nobody knows yet whether it is theirs. */
    REGISTERED("e-mail not confirmed", "registered"),
    /** The address is theirs, or a provider vouches for the person. */
    VERIFIED("profile not complete", "identity confirmed"),
    /** Every required question is answered. Passed through, never stayed in. */
    COMPLETE("profile complete", "profile complete"),
    PENDING("waiting for approval", "waits for approval"),
    APPROVED("approved", "approved"),
    REJECTED("rejected", "rejected"),
    /** Closed; keeps its records. */
    ARCHIVED("archived", "archived");

    private final String words;
    private final String step;

    Standing(String words, String step) {
        this.words = words;
        this.step = step;
    }

    /** As printed on pages. */
    public String words() {
        return words;
    }

    /** What happened when an account came here, as printed in its history. */
    public String step() {
        return step;
    }

    public boolean maySignIn() {
        return switch (this) {
            case VERIFIED, COMPLETE, PENDING, APPROVED -> true;
            case REGISTERED, REJECTED, ARCHIVED -> false;
        };
    }
}
