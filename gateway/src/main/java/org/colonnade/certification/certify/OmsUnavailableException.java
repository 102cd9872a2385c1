package org.colonnade.certification.certify;

/** The monitoring system cannot be asked, or what it answers is not usable. Nothing was changed. */
public class OmsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OmsUnavailableException(String message) {
        super(message);
    }
}
