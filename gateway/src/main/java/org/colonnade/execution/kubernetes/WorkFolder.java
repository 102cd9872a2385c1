package org.colonnade.execution.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Where the gateway puts the files of runs together, one folder for each. */
record WorkFolder(Path folder) {

    Path outgoing(String run) throws IOException {
        return Files.createDirectories(folder.resolve(run));
    }

    Path results(String run) throws IOException {
        return Files.createDirectories(folder.resolve(run).resolve("results"));
    }

    void remove(String run) throws IOException {
        FileSystemUtils.deleteRecursively(folder.resolve(run));
    }
}
