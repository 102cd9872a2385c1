package org.colonnade.certification.rule;

/** A rule cannot be compiled, or cannot be evaluated over the given data. The message is for its author. */
public class RuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuleException(String message) {
        super(message);
    }
}
