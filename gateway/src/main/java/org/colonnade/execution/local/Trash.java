package org.colonnade.execution.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;

/**
 * Deletes a folder that a hostile program filled: never follows a link, opens what was closed, and needs no long path,
 * because each inner folder is moved to the top before it is emptied.
 */
final class Trash {

    private Trash() {}

    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder);
            return;
        }
        var folders = new ArrayDeque<Path>();
        folders.add(folder);
        long moved = 0;
        while (!folders.isEmpty()) {
            Path next = folders.removeLast();
            try (DirectoryStream<Path> entries = open(next)) {
                for (Path entry : entries) {
                    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        Path top = folder.resolveSibling(folder.getFileName() + ".trash-" + moved++);
                        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwx------"));
                        Files.move(entry, top);
                        folders.add(top);
                    } else {
                        Files.deleteIfExists(entry);
                    }
                }
            }
            Files.deleteIfExists(next);
        }
    }

    private static DirectoryStream<Path> open(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return Files.newDirectoryStream(folder);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(folder.toString(), null, "the folder vanished while it was being deleted");
        }
    }
}
