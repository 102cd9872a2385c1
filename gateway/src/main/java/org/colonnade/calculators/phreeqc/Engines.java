package org.colonnade.calculators.phreeqc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.colonnade.calculators.CalculatorsProperties;
import org.colonnade.execution.Place;
import org.colonnade.execution.Places;
import org.colonnade.jobs.Owner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Finds the engine, anew whenever somebody asks: one that was added later needs no restart. */
@Component
public class Engines {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    /** As {@code deploy/phreeqc/fetch} lays it down; its release decides over the numbers. */
    private static final String PACKAGED = "phreeqc-1.1.1";

    private static final String PACKAGED_NAME = "IPhreeqc 3.8.6-17100 (package phreeqc 1.1.1)";

    private final CalculatorsProperties.Phreeqc properties;
    private final Places places;

    Engines(CalculatorsProperties properties, Places places) {
        this.properties = properties.phreeqc();
        this.places = places;
    }

    /** Empty if PHREEQC cannot run here; {@link #missing} then says why. */
    public Optional<Engine> find() {
        if (!Files.isExecutable(properties.python())) {
            return Optional.empty();
        }
        Path own = properties.library();
        if (own != null) {
            return Files.isReadable(own)
                    ? Optional.of(new Engine(
                            "IPhreeqc of this server (" + own.getFileName() + ")",
                            own.toAbsolutePath(),
                            own.toAbsolutePath().resolveSibling("databases"),
                            properties.python()))
                    : Optional.empty();
        }
        return Stream.of(userFolder(), properties.engines().toAbsolutePath())
                .map(folder -> folder.resolve(PACKAGED))
                .filter(folder -> Files.exists(folder.resolve("complete")))
                .flatMap(folder -> library(folder).stream())
                .map(library ->
                        new Engine(PACKAGED_NAME, library, library.resolveSibling("databases"), properties.python()))
                .findFirst();
    }

    /** Where somebody's PHREEQC runs may take place; the first is the default. */
    public List<Place> places(Owner owner) {
        return places.forKind(PhreeqcHandler.KIND, owner);
    }

    /** Where runs take place whose owner chose nothing. */
    Place place() {
        return places.forKind(PhreeqcHandler.KIND).getFirst();
    }

    /** What is missing, and how to get it; empty if PHREEQC can run. */
    public Optional<String> missing() {
        if (!Files.isExecutable(properties.python())) {
            return Optional.of("PHREEQC is not installed on this server: it is driven by " + properties.python()
                    + ", which is missing (apt-get install python3).");
        }
        Path own = properties.library();
        if (own != null && !Files.isReadable(own)) {
            return Optional.of("PHREEQC is not installed on this server: the configured library " + own.getFileName()
                    + " cannot be read.");
        }
        if (find().isEmpty()) {
            return Optional.of("PHREEQC is not installed on this server. An administrator brings it with"
                    + " deploy/phreeqc/fetch, or puts the wheel of the Python package phreeqc 1.1.1 into the folder"
                    + " that this command names.");
        }
        return places.forKind(PhreeqcHandler.KIND).stream().allMatch(place -> !place.open())
                ? Optional.ofNullable(place().unavailable())
                : Optional.empty();
    }

    @EventListener(ApplicationReadyEvent.class)
    void report() {
        missing()
                .ifPresentOrElse(
                        LOG::warn,
                        () -> LOG.info(
                                "PHREEQC runs with {}", find().map(Engine::name).orElse("")));
    }

    private static Optional<Path> library(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".so"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same rule as in {@code deploy/phreeqc/fetch}. */
    private static Path userFolder() {
        String base = System.getenv().getOrDefault("XDG_DATA_HOME", "");
        Path root = base.startsWith("/") ? Path.of(base) : Path.of(System.getProperty("user.home"), ".local", "share");
        return root.resolve("colonnade").resolve("engines");
    }
}
