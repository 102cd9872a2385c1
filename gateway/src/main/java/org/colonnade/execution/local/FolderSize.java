package org.colonnade.execution.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;

/** Measures a folder that a program is filling at this moment. */
final class FolderSize {

    /** What the smallest file costs, so that a million empty ones count too. */
    private static final long SMALLEST = 4096;

    /** Paths beyond this length only a program makes that wants to be a nuisance. */
    private static final int LONGEST_PATH = 3000;

    private FolderSize() {}

    /**
     * @param enough stops counting beyond this many bytes
     * @return bytes of all files and folders inside, links not followed; {@code Long.MAX_VALUE} if it cannot be
     *     measured, because folders are nested too deeply or closed
     */
    static long measure(Path folder, long enough) {
        long sum = 0;
        var folders = new ArrayDeque<Path>();
        folders.add(folder);
        while (!folders.isEmpty() && sum <= enough) {
            Path next = folders.removeLast();
            if (next.toString().length() > LONGEST_PATH) {
                return Long.MAX_VALUE;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(next)) {
                for (Path entry : entries) {
                    sum += sizeOf(entry, folders);
                    if (sum > enough) {
                        break;
                    }
                }
            } catch (AccessDeniedException e) {
                return Long.MAX_VALUE;
            } catch (IOException | DirectoryIteratorException e) {
                continue; // removed meanwhile
            }
        }
        return sum;
    }

    private static long sizeOf(Path entry, ArrayDeque<Path> folders) throws IOException {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                folders.add(entry);
            }
            return Math.max(SMALLEST, attributes.size());
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
