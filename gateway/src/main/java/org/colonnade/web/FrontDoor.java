package org.colonnade.web;

/**
 * Paths that imitate another system for its public clients. Below the prefix every error, also one of a security filter
 * or of an unknown path, is answered in that client's shape, and nothing redirects.
 */
public interface FrontDoor {

    /** Begins with a slash and ends without one, e.g. {@code /api/phreeqc}. */
    String prefix();

    /** A port of its own on which the paths below the prefix stand at the root of the server; 0 for none. */
    default int rootPort() {
        return 0;
    }

    /** The body of an error, to be written as JSON. */
    Object errorBody(int status, String message);
}
