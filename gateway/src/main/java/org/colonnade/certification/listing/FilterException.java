package org.colonnade.certification.listing;

/** A filter, sort order or page cannot be understood; the message names the place. */
public class FilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FilterException(String message) {
        super(message);
    }
}
