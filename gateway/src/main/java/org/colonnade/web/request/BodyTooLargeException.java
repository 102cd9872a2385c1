package org.colonnade.web.request;

import java.io.IOException;

/** A JSON body went on beyond what is read. */
public class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("The request is longer than the " + limit + " bytes that are read");
    }
}
