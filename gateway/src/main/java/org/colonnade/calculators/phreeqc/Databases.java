package org.colonnade.calculators.phreeqc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.colonnade.calculators.CalculatorsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The databases of this server: the engine's own, and those in the operator's folder, which win over equal names. */
@Component
public class Databases {

    /** What a new page offers first. */
    public static final String DEFAULT = "phreeqc.dat";

    /** Additions to another database, which fail alone. */
    private static final List<String> FRAGMENTS = List.of("Concrete_PHR.dat", "Concrete_PZ.dat");

    private final Engines engines;
    private final Path operators;

    /** A file is read again only when its time or size changed. */
    private final Map<Path, Database> known = new ConcurrentHashMap<>();

    Databases(Engines engines, CalculatorsProperties properties) {
        this.engines = engines;
        this.operators = properties.phreeqc().databases().toAbsolutePath();
    }

    /** By name, the default first. */
    public List<Database> list() {
        var byName = new TreeMap<String, Database>(String.CASE_INSENSITIVE_ORDER);
        engines.find().ifPresent(engine -> files(engine.databases()).forEach(file -> add(byName, file, false)));
        files(operators).forEach(file -> add(byName, file, true));
        return byName.values().stream()
                .sorted(Comparator.comparing(database -> !database.name().equals(DEFAULT)))
                .toList();
    }

    /** @param name of the file, with or without its ending */
    public Optional<Database> find(String name) {
        return list().stream()
                .filter(database ->
                        database.name().equals(name) || database.name().equals(name + ".dat"))
                .findFirst();
    }

    private void add(Map<String, Database> databases, Path file, boolean installed) {
        String name = file.getFileName().toString();
        if (!FRAGMENTS.contains(name)) {
            databases.put(name, known.compute(file, (path, before) -> describe(path, installed, before)));
        }
    }

    private static Database describe(Path file, boolean installed, @Nullable Database before) {
        try {
            Instant date = Files.getLastModifiedTime(file).toInstant();
            long size = Files.size(file);
            if (before != null && before.date().equals(date) && before.size() == size) {
                return before;
            }
            byte[] content = Files.readAllBytes(file);
            return new Database(
                    file.getFileName().toString(),
                    file,
                    installed,
                    size,
                    date,
                    Digests.sha256(content),
                    TemperatureRange.of(new String(content, StandardCharsets.ISO_8859_1))
                            .orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".dat"))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
