package org.colonnade.identity.account;

/** How far an account is on its way in. */
public enum Standing {
    /** Somebody typed an address; nobody knows yet whether it is theirs. */
    REGISTERED("e-mail not confirmed"),
    /** The address is theirs, or a provider vouches for the person. */
    VERIFIED("profile not complete"),
    /** Every required question is answered. Passed through, never stayed in. */
    COMPLETE("profile complete"),
    PENDING("waiting for approval"),
    APPROVED("approved"),
    REJECTED("rejected"),
    /** Closed; keeps its records. */
    ARCHIVED("archived");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    /** As printed on pages. */
    public String words() {
        return words;
    }

    public boolean maySignIn() {
        return switch (this) {
            case VERIFIED, COMPLETE, PENDING, APPROVED -> true;
            case REGISTERED, REJECTED, ARCHIVED -> false;
        };
    }
}
