package org.colonnade.storage;

import java.io.IOException;

/** More bytes came than were allowed. */
public class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public TooLargeException(long limit) {
        super("The file is larger than the allowed " + limit + " bytes");
    }
}
