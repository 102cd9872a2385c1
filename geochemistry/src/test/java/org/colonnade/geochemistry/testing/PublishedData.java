package org.colonnade.geochemistry.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The published databases and sample runs, which are not part of this project. They are read from the folder that the system
 * property {@code supcrt.databases} or the environment variable SUPCRT_DATABASES names, by default from {@code
 * shared/data/supcrtbl} of the nearest folder above that has it; tests that need them are skipped where there are none.
 */
public final class PublishedData {

    private PublishedData() {}

    /** A file of the folder; the test is skipped if it does not exist. */
    public static Path file(String name) {
        var file = folder().resolve(name);
        assumeThat(file)
                .as("%s is third-party data; set SUPCRT_DATABASES to its folder to run this test", file)
                .exists();
        return file;
    }

    private static Path folder() {
        var named = Optional.ofNullable(System.getProperty("supcrt.databases"))
                .or(() -> Optional.ofNullable(System.getenv("SUPCRT_DATABASES")));
        return named.map(Path::of).orElseGet(PublishedData::nearest);
    }

    private static Path nearest() {
        var shared = Path.of("shared", "data", "supcrtbl");
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(shared))) {
                return folder.resolve(shared);
            }
        }
        return shared;
    }
}
