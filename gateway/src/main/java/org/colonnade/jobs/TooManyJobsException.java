package org.colonnade.jobs;

/** An owner already has as many unfinished jobs of a kind as the kind allows. */
public class TooManyJobsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooManyJobsException(String message) {
        super(message);
    }
}
