package org.colonnade.storage;

import java.util.List;

/** One file of an archive. Its path is what users gave; the archive makes it safe and unique. */
public sealed interface ArchiveMember {

    /** Folders, then the file's name. */
    List<String> path();

    /** A stored file. */
    record Stored(List<String> path, Artifact artifact) implements ArchiveMember {

        /** At the top of the archive, under its own name. */
        public static Stored of(Artifact artifact) {
            return new Stored(List.of(artifact.name()), artifact);
        }
    }

    /** A small document that is made for the archive; it has to be the same whenever the archive is asked for. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Document(List<String> path, byte[] content) implements ArchiveMember {}
}
