package org.colonnade.calculators.phreeqc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.calculators.CalculatorsProperties;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Places;
import org.colonnade.execution.Step;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outcome;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Runs PHREEQC in the sandbox or on a cluster, and stores everything it leaves, whether it succeeds or not. */
@Component
class PhreeqcHandler implements JobHandler {

    static final String KIND = "phreeqc";

    private static final String LIBRARY = "/engine/iphreeqc.so";
    private static final String LAUNCHER = "/engine/launcher.py";

    /** Python and PHREEQC print little; what is more than this is a mistake. */
    private static final long OUTPUT_BYTES = 4 << 20;

    private static final int PROCESSES = 16;

    private final CalculatorsProperties.Phreeqc properties;
    private final Engines engines;
    private final Databases databases;
    private final Places places;
    private final Artifacts artifacts;
    private final TransactionOperations transaction;
    private final JsonMapper mapper;

    PhreeqcHandler(
            CalculatorsProperties properties,
            Engines engines,
            Databases databases,
            Places places,
            Artifacts artifacts,
            TransactionOperations transaction,
            JsonMapper mapper) {
        this.properties = properties.phreeqc();
        this.engines = engines;
        this.databases = databases;
        this.places = places;
        this.artifacts = artifacts;
        this.transaction = transaction;
        this.mapper = mapper;
    }

    @Override
    public JobKind kind() {
        return new JobKind(
                KIND,
                3,
                properties.running(),
                properties.runningPerOwner(),
                properties.waitingPerOwner(),
                Duration.ofDays(1),
                properties.retention());
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        RunInput input = mapper.readValue(context.job().input(), RunInput.class);
        Engine engine = engines.find().orElse(null);
        if (engine == null) {
            return Outcome.failed(engines.missing().orElse("PHREEQC is not installed on this server"));
        }
        String place = Objects.requireNonNullElseGet(
                input.place(), () -> engines.place().name());
        Path scratch = Files.createTempDirectory("phreeqc-");
        try {
            Path database = fetchDatabase(context, input, scratch);
            if (!Digests.sha256(Files.readAllBytes(database)).equals(input.databaseSha256())) {
                return Outcome.failed("The database " + input.database()
                        + " was changed between submission and start: submit the run again");
            }
            context.progress(Double.NaN, "PHREEQC is calculating");
            Step step = places.advance(context, place, command(context, input, engine, database, scratch));
            return switch (step) {
                case Step.Pending pending -> Outcome.waiting(pending.why(), pending.recheck());
                case Step.Unreachable away -> Outcome.waiting(away.sentence(), away.recheck());
                case Step.Ended ended -> finish(context, place, input, ended);
            };
        } catch (MissingFileException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
    }

    @Override
    public void abandon(JobContext context) throws Exception {
        RunInput input = mapper.readValue(context.job().input(), RunInput.class);
        places.abandon(
                context,
                Objects.requireNonNullElseGet(
                        input.place(), () -> engines.place().name()));
    }

    /** A file that a run needs is gone; trying again would not bring it back. */
    private static final class MissingFileException extends IOException {

        private static final long serialVersionUID = 1L;

        MissingFileException(String message) {
            super(message);
        }
    }

    private Path fetchDatabase(JobContext context, RunInput input, Path scratch) throws IOException {
        if (input.ownDatabase()) {
            return fetch(context, input.database(), scratch);
        }
        return databases
                .find(input.database())
                .map(Database::file)
                .orElseThrow(() ->
                        new MissingFileException("The database " + input.database() + " is no longer on this server"));
    }

    private Path fetch(JobContext context, String name, Path folder) throws IOException {
        Artifact artifact = artifacts.list(RunFiles.inputGroup(context.job().id())).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MissingFileException("The stored file " + name + " of this run is missing"));
        Path file = Files.createTempFile(folder, "stored", "");
        try (InputStream content = artifacts.open(artifact, 0)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private Command command(JobContext context, RunInput input, Engine engine, Path database, Path scratch)
            throws IOException {
        Map<String, Path> readOnly = new HashMap<>();
        readOnly.put(LIBRARY, engine.library());
        readOnly.put(LAUNCHER, launcher(scratch));
        if (!engine.python().startsWith("/usr")) {
            Path prefix = engine.python().resolve("../..").normalize();
            readOnly.put(prefix.toString(), prefix);
        }
        return new Command(
                List.of(
                        engine.python().toString(),
                        "-I",
                        "-S",
                        LAUNCHER,
                        LIBRARY,
                        input.database(),
                        RunFiles.INPUT,
                        input.output()),
                Map.of(RunFiles.INPUT, fetch(context, RunFiles.INPUT, scratch), input.database(), database),
                readOnly,
                Map.of("LC_ALL", "C.UTF-8"),
                new Limits(
                        properties.wallTime(),
                        properties.wallTime(),
                        properties.memory().toBytes(),
                        PROCESSES,
                        properties.fileSize().toBytes(),
                        properties.folderSize().toBytes(),
                        OUTPUT_BYTES,
                        1));
    }

    private static Path launcher(Path scratch) throws IOException {
        Path file = scratch.resolve("launcher.py");
        try (InputStream content = new ClassPathResource("phreeqc/launcher.py").getInputStream()) {
            Files.copy(content, file);
        }
        return file;
    }

    private Outcome finish(JobContext context, String place, RunInput input, Step.Ended ended) throws Exception {
        List<Path> results = ended.files().stream()
                .filter(file -> !List.of(RunFiles.INPUT, input.database()).contains(name(file)))
                .toList();
        Outcome outcome = outcome(ended.ending(), results);
        context.check();
        transaction.executeWithoutResult(status -> store(context, results));
        places.release(context, place);
        return outcome;
    }

    /** Replaces what an attempt before this one may have stored. */
    private void store(JobContext context, List<Path> results) {
        String group = RunFiles.resultGroup(context.job().id());
        artifacts.deleteGroup(group);
        for (Path file : results) {
            try (InputStream content = Files.newInputStream(file)) {
                if (Files.size(file) > 0) {
                    artifacts.store(
                            group,
                            name(file),
                            "text/plain",
                            content,
                            properties.folderSize().toBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Outcome outcome(Ending ending, List<Path> results) throws IOException {
        return switch (ending) {
            case Ending.Exited exited ->
                exited.status() == 0
                        ? Outcome.completed(mapper.writeValueAsString(Map.of(
                                "files",
                                        results.stream()
                                                .map(PhreeqcHandler::name)
                                                .toList(),
                                "warnings", lines(results, RunFiles.WARNINGS).size())))
                        : Outcome.failed(firstError(results, exited.status()));
            case Ending.LimitReached reached ->
                switch (reached.limit()) {
                    case WALL_TIME, CPU_TIME -> Outcome.timedOut(reached.why());
                    case FILE_SIZE, FOLDER_SIZE -> Outcome.failed("disk limit: " + reached.why());
                    case MEMORY, OUTPUT -> Outcome.failed(reached.why());
                };
            case Ending.Killed killed -> killed.again() ? Outcome.retry(killed.why()) : Outcome.failed(killed.why());
            case Ending.NotStarted refused -> Outcome.failed(refused.why());
        };
    }

    private static String firstError(List<Path> results, int status) throws IOException {
        List<String> lines = lines(results, RunFiles.ERRORS);
        return lines.stream()
                .filter(line -> line.startsWith("ERROR"))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .orElse("PHREEQC ended with status " + status);
    }

    private static List<String> lines(List<Path> results, String name) throws IOException {
        for (Path file : results) {
            if (name(file).equals(name)) {
                try (InputStream content = Files.newInputStream(file)) {
                    return new String(content.readNBytes(1 << 20), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
                }
            }
        }
        return List.of();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
