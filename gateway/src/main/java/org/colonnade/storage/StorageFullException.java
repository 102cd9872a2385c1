package org.colonnade.storage;

import java.io.IOException;

/** There is no room for more files; what was stored before is untouched. */
public class StorageFullException extends IOException {

    private static final long serialVersionUID = 1L;

    public StorageFullException(Throwable cause) {
        super(
                "The storage is full. Delete files that are no longer needed, or ask the administrator for more room",
                cause);
    }

    public StorageFullException() {
        super("The storage is full. Delete files that are no longer needed, or ask the administrator for more room");
    }
}
