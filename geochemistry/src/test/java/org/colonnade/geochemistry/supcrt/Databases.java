package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The published databases, which are not part of this project. They are read from the folder that the system property
 * {@code supcrt.databases} or the environment variable SUPCRT_DATABASES names, by default from {@code
 * shared/data/supcrtbl} of the nearest folder above that has it; tests that need them are skipped where there are none.
 */
final class Databases {

    private static final Map<String, Database> LOADED = new ConcurrentHashMap<>();

    private Databases() {}

    static Path folder() {
        var named = Optional.ofNullable(System.getProperty("supcrt.databases"))
                .or(() -> Optional.ofNullable(System.getenv("SUPCRT_DATABASES")));
        return named.map(Path::of).orElseGet(Databases::nearest);
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

    static byte[] bytes(String name) {
        var file = folder().resolve(name + ".dat");
        assumeThat(file)
                .as("%s is third-party data; set SUPCRT_DATABASES to its folder to run this test", file)
                .exists();
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Database load(String name) {
        byte[] bytes = LOADED.containsKey(name) ? new byte[0] : bytes(name);
        return LOADED.computeIfAbsent(name, n -> {
            try {
                return DirectAccessReader.read(n, bytes);
            } catch (DatabaseFormatException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
