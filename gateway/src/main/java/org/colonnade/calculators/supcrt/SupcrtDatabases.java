package org.colonnade.calculators.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.DatabaseFormatException;
import org.colonnade.geochemistry.supcrt.DirectAccessReader;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The databases a person may use: the set that comes with the library, the operator's files (named by file name without
 * its ending, looked at on every request), and the person's own uploads, which nobody else sees.
 */
@Component
class SupcrtDatabases {

    private static final Logger log = LoggerFactory.getLogger(SupcrtDatabases.class);

    private final Path folder;
    private final SupcrtProperties properties;
    private final OwnDatabases own;

    /** A file is read again only when its time or size changed; an upload never changes. */
    private final Map<Key, Database> loaded = new ConcurrentHashMap<>();

    /** What was said about files that cannot be read, so that it is said once. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private record Key(String place, long modified, long size) {}

    SupcrtDatabases(SupcrtProperties properties, @Value("${colonnade.data:data}") Path data, OwnDatabases own) {
        this.properties = properties;
        this.folder = Objects.requireNonNullElse(
                properties.databases(), data.resolve("databases").resolve("supcrt"));
        this.own = own;
    }

    /**
     * A database as lists show it.
     *
     * @param origin {@code included}, {@code operator} or {@code own}
     */
    record Entry(String name, String origin, int species) {}

    /** The databases of everybody: the included set, then the operator's by name. */
    List<Database> shared() {
        var all = new ArrayList<Database>();
        all.add(CuratedDatabase.instance().database());
        for (Path file : files()) {
            try {
                all.add(read(file));
            } catch (DatabaseFormatException e) {
                if (refused.add(file + ": " + e.getMessage())) {
                    log.warn("The database {} cannot be read and is left out: {}", file, e.getMessage());
                }
            }
        }
        return all;
    }

    /** By name; the included set first. */
    List<Entry> list(Owner owner) {
        var entries = new ArrayList<Entry>();
        for (var database : shared()) {
            boolean included = database.name().equals(CuratedDatabase.NAME);
            entries.add(new Entry(database.name(), included ? "included" : "operator", records(database)));
        }
        own.list(owner).forEach(each -> entries.add(new Entry(each.name(), "own", each.species())));
        return entries;
    }

    /** What a database holds itself; water and the electron are in each. */
    private static int records(Database database) {
        return (int) database.species().stream()
                .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                .count();
    }

    /**
     * @throws ProblemException if there is no such database for this person
     */
    Database find(Owner owner, String name) {
        if (name.equals(CuratedDatabase.NAME)) {
            return CuratedDatabase.instance().database();
        }
        for (Path file : files()) {
            if (name(file).equals(name)) {
                try {
                    return read(file);
                } catch (DatabaseFormatException e) {
                    throw ProblemException.of(
                            ProblemType.UNPROCESSABLE,
                            "The database %s cannot be read: %s".formatted(name, e.getMessage()));
                }
            }
        }
        return own.find(owner, name)
                .map(own::used)
                .map(this::read)
                .orElseThrow(() -> ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        "There is no database \"%s\"; there are %s"
                                .formatted(
                                        shown(name),
                                        String.join(
                                                ", ",
                                                list(owner).stream()
                                                        .map(Entry::name)
                                                        .toList()))));
    }

    /**
     * Keeps a database for its owner.
     *
     * @param name letters, digits, points, underscores and hyphens
     * @throws ProblemException if the name is taken or the file cannot be read
     */
    Entry upload(Owner owner, String name, byte[] content) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
            throw ProblemException.invalid("name", "must be 1 to 40 letters, digits, points, underscores or hyphens");
        }
        if (content.length > properties.maxDatabase().toBytes()) {
            throw ProblemException.of(
                    ProblemType.TOO_LARGE,
                    "A database may have at most " + properties.maxDatabase().toMegabytes() + " MB");
        }
        if (list(owner).stream().anyMatch(e -> e.name().equals(name))) {
            throw taken(name);
        }
        try {
            int species = records(DirectAccessReader.read(name, content));
            own.add(owner, name, species, content);
            return new Entry(name, "own", species);
        } catch (DuplicateKeyException e) {
            throw taken(name);
        } catch (DatabaseFormatException e) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, Objects.requireNonNullElse(e.getMessage(), "The file cannot be read"));
        }
    }

    private static ProblemException taken(String name) {
        return ProblemException.of(ProblemType.CONFLICT, "There is a database " + name + " already");
    }

    /** @throws ProblemException if this person brought no such database */
    void delete(Owner owner, String name) {
        var gone = own.find(owner, name);
        if (gone.isEmpty() || !own.delete(owner, name)) {
            throw ProblemException.notFound("You have no database of this name");
        }
        loaded.keySet().removeIf(key -> key.place().equals(gone.get().id().toString()));
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".dat"))
                    .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(f))
                    .sorted(Comparator.comparing(SupcrtDatabases::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ".dat".length());
    }

    private Database read(Path file) throws DatabaseFormatException {
        try {
            var key = new Key(file.toString(), Files.getLastModifiedTime(file).toMillis(), Files.size(file));
            var known = loaded.get(key);
            if (known == null) {
                known = DirectAccessReader.read(name(file), Files.readAllBytes(file));
                loaded.keySet().removeIf(k -> k.place().equals(key.place()));
                loaded.put(key, known);
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Database read(OwnDatabases.Own upload) {
        var key = new Key(upload.id().toString(), 0, upload.species());
        return Optional.ofNullable(loaded.get(key)).orElseGet(() -> {
            try {
                var database = DirectAccessReader.read(upload.name(), own.content(upload));
                loaded.put(key, database);
                return database;
            } catch (DatabaseFormatException e) {
                throw new IllegalStateException("An upload that could be read cannot be read any more", e);
            }
        });
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
