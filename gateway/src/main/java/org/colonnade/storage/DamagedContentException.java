package org.colonnade.storage;

import java.io.IOException;

/** Stored content is missing, or is no longer what was stored. No wrong byte has been handed out. */
public class DamagedContentException extends IOException {

    private static final long serialVersionUID = 1L;

    public DamagedContentException(ArtifactId id, String what) {
        super("The stored file " + id + " " + what);
    }
}
