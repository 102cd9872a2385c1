package org.colonnade.geochemistry.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.geochemistry.testing.PublishedData;

/** The published databases; tests that need them are skipped where there are none. */
final class Databases {

    private static final Map<String, Database> LOADED = new ConcurrentHashMap<>();

    private Databases() {}

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(PublishedData.file(name + ".dat"));
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
