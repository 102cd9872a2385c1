package org.colonnade.execution.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command left in its folder, after all its processes are dead.
 *
 * @param files regular files directly in the folder, by name
 * @param refused what was left out, with the reason
 */
record Results(List<Path> files, List<String> refused) {

    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int FOLDER = 0040000;
    private static final int KIND = 0170000;

    static Results collect(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        var refused = new ArrayList<String>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String reason = reasonToRefuse(entry);
                if (reason == null) {
                    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-------"));
                    files.add(entry);
                } else {
                    refused.add(entry.getFileName() + " (" + reason + ")");
                }
            }
        }
        Collections.sort(files);
        return new Results(files, refused);
    }

    private static @Nullable String reasonToRefuse(Path entry) throws IOException {
        int kind = number(entry, "unix:mode") & KIND;
        if (kind == REGULAR) {
            return number(entry, "unix:nlink") == 1 ? null : "a file with several names";
        }
        return switch (kind) {
            case LINK -> "a link";
            case FOLDER -> "a folder";
            default -> "not a file";
        };
    }

    private static int number(Path entry, String attribute) throws IOException {
        return Files.getAttribute(entry, attribute, LinkOption.NOFOLLOW_LINKS) instanceof Integer value ? value : 0;
    }

    /** The size of the largest file, in bytes. */
    long largest() throws IOException {
        long largest = 0;
        for (Path file : files) {
            largest = Math.max(largest, Files.size(file));
        }
        return largest;
    }
}
