package org.colonnade.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Files by id, behind a folder or an object store. */
public interface Artifacts {

    /**
     * Stores a file whole or not at all; what this method returned survives the process.
     *
     * @param limit the most bytes accepted
     * @throws TooLargeException if the content is longer than {@code limit}; nothing is kept
     * @throws StorageFullException if there is no room; what was stored before is untouched
     * @throws IOException if the content cannot be read or stored; nothing is kept
     */
    Artifact store(String group, String name, String mediaType, InputStream content, long limit) throws IOException;

    Optional<Artifact> find(ArtifactId id);

    /** The files of a group by name, then by age. */
    List<Artifact> list(String group);

    /**
     * Opens a file from a byte offset on.
     *
     * @throws DamagedContentException from this method or from reading, if the content is missing or not what was stored; no
     *     wrong byte is handed out
     */
    InputStream open(Artifact artifact, long offset) throws IOException;

    /** Deletes all files of a group; within a transaction, if and only if it commits. */
    void deleteGroup(String group);
}
