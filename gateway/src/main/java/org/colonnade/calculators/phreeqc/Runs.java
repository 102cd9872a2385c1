package org.colonnade.calculators.phreeqc;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.calculators.CalculatorsProperties;
import org.colonnade.execution.Place;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemException.Wrong;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Submits runs and finds them again. */
@Component
public class Runs {

    /** The kind of job that a run is. */
    public static final String KIND = PhreeqcHandler.KIND;

    private static final Pattern TITLE = Pattern.compile("(?im)^[ \\t]*TITLE[ \\t]*(?:\\R[ \\t]*)?(\\S.*)$");

    private final Jobs jobs;
    private final Artifacts artifacts;
    private final Engines engines;
    private final Databases databases;
    private final CalculatorsProperties.Phreeqc properties;
    private final JsonMapper mapper;

    Runs(
            Jobs jobs,
            Artifacts artifacts,
            Engines engines,
            Databases databases,
            CalculatorsProperties properties,
            JsonMapper mapper) {
        this.jobs = jobs;
        this.artifacts = artifacts;
        this.engines = engines;
        this.databases = databases;
        this.properties = properties.phreeqc();
        this.mapper = mapper;
    }

    /**
     * Checks a submission and queues it. Job, input and database are stored in one transaction.
     *
     * @throws ProblemException if there is no engine, the input is refused, or a name is not acceptable
     */
    @Transactional
    public JobId submit(Owner owner, Submission submission) {
        engines.missing().ifPresent(missing -> {
            throw ProblemException.of(ProblemType.UNAVAILABLE, missing);
        });
        RunInput input = check(submission, place(owner, submission.place()));
        String text = new String(submission.input(), StandardCharsets.UTF_8);
        JobId id = jobs.submit(JobRequest.of(
                        PhreeqcHandler.KIND, owner, title(submission.title(), text), mapper.writeValueAsString(input))
                .withIdempotencyKey(submission.key()));
        if (artifacts.list(RunFiles.inputGroup(id)).isEmpty()) {
            store(id, RunFiles.INPUT, submission.input());
            if (submission.own() != null) {
                store(id, input.database(), submission.own().content());
            }
        } else if (!sameAs(id, input)) {
            throw ProblemException.of(ProblemType.CONFLICT, "This Idempotency-Key was used before, with another input");
        }
        return id;
    }

    private boolean sameAs(JobId id, RunInput input) {
        return jobs.find(id)
                .map(job -> mapper.readValue(job.input(), RunInput.class))
                .filter(before -> before.inputSha256().equals(input.inputSha256())
                        && before.databaseSha256().equals(input.databaseSha256())
                        && before.output().equals(input.output()))
                .isPresent();
    }

    private void store(JobId id, String name, byte[] content) {
        try {
            artifacts.store(
                    RunFiles.inputGroup(id), name, "text/plain", new ByteArrayInputStream(content), content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String place(Owner owner, @Nullable String wanted) {
        if (wanted == null || wanted.isBlank()) {
            return null;
        }
        return engines.places(owner).stream()
                .map(Place::name)
                .filter(wanted::equals)
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "place",
                        "is not a place where your PHREEQC runs may take place: choose one of "
                                + engines.places(owner).stream()
                                        .map(Place::name)
                                        .collect(joining(", "))));
    }

    private RunInput check(Submission submission, @Nullable String place) {
        byte[] input = submission.input();
        if (input.length > properties.maxInput().toBytes()) {
            throw ProblemException.of(
                    ProblemType.TOO_LARGE,
                    "The input is larger than " + properties.maxInput().toMegabytes() + " MB");
        }
        if (!InputCheck.isText(input)) {
            throw ProblemException.invalid("input", "is not text in UTF-8");
        }
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw ProblemException.invalid("input", "is empty");
        }
        String output = submission.output() == null ? RunFiles.DEFAULT_OUTPUT : submission.output();
        if (!RunFiles.isPlain(output)) {
            throw ProblemException.invalid(
                    "outputName", "is not a plain file name of at most 100 letters, digits and . _ - ~ , [ ]");
        }
        Submission.OwnDatabase own = submission.own();
        Database database = own == null ? serverDatabase(submission.database()) : null;
        List<Wrong> refused = InputCheck.check(text, database).stream()
                .filter(InputCheck.Finding::refused)
                .map(finding -> new Wrong("input", "line " + finding.line() + ": " + finding.message()))
                .toList();
        if (!refused.isEmpty()) {
            throw ProblemException.invalid(refused);
        }
        String digest = Digests.sha256(input);
        return database == null
                ? ofOwn(Objects.requireNonNull(own), digest, output, submission.mail(), place)
                : new RunInput(
                        database.name(),
                        database.sha256(),
                        database.date(),
                        false,
                        digest,
                        output,
                        submission.mail(),
                        place);
    }

    private RunInput ofOwn(
            Submission.OwnDatabase own, String inputDigest, String output, boolean mail, @Nullable String place) {
        if (own.content().length > properties.maxDatabase().toBytes()) {
            throw ProblemException.of(
                    ProblemType.TOO_LARGE,
                    "The database is larger than " + properties.maxDatabase().toMegabytes() + " MB");
        }
        if (!RunFiles.isPlain(own.name()) || own.name().equals(output)) {
            throw ProblemException.invalid("databaseFile", "needs a plain file name, other than the output's");
        }
        List<Wrong> refused = InputCheck.check(new String(own.content(), StandardCharsets.ISO_8859_1), null).stream()
                .filter(InputCheck.Finding::refused)
                .map(finding -> new Wrong("databaseFile", "line " + finding.line() + ": " + finding.message()))
                .toList();
        if (!refused.isEmpty()) {
            throw ProblemException.invalid(refused);
        }
        return new RunInput(own.name(), Digests.sha256(own.content()), null, true, inputDigest, output, mail, place);
    }

    private Database serverDatabase(@Nullable String name) {
        String wanted = name == null || name.isBlank() ? Databases.DEFAULT : name;
        return databases
                .find(wanted)
                .orElseThrow(() ->
                        ProblemException.invalid("database", "is not a database of this server: '" + wanted + "'"));
    }

    private static String title(@Nullable String given, String input) {
        String title = given;
        if (title == null || title.isBlank()) {
            Matcher found = TITLE.matcher(input);
            title = found.find() ? found.group(1) : "PHREEQC run";
        }
        String plain = title.replaceAll("\\p{C}", " ").strip();
        return plain.isEmpty() ? "PHREEQC run" : plain.substring(0, Math.min(200, plain.length()));
    }

    /** Empty also if the run belongs to somebody else. */
    public Optional<Run> find(Owner owner, String id) {
        return parse(id)
                .flatMap(jobs::find)
                .filter(job ->
                        job.kind().equals(PhreeqcHandler.KIND) && job.owner().equals(owner))
                .map(this::describe);
    }

    /** @throws ProblemException if there is no such run of this owner */
    public Run get(Owner owner, String id) {
        return find(owner, id).orElseThrow(() -> ProblemException.notFound("There is no such PHREEQC run"));
    }

    /** One owner's runs, newest first, without their files. */
    public List<Job> list(Owner owner, @Nullable JobId before, int limit) {
        return jobs.list(owner, PhreeqcHandler.KIND, null, before, limit);
    }

    /** @return false if it had ended already */
    public boolean cancel(Owner owner, String id) {
        Run run = get(owner, id);
        return jobs.cancel(run.job().id(), owner.value(), "Cancelled by its owner");
    }

    /** Submits the same input, database and names again. */
    @Transactional
    public JobId rerun(Owner owner, String id, @Nullable String key) {
        Run run = get(owner, id);
        if (run.input() == null) {
            throw ProblemException.of(ProblemType.GONE, "The input of this run is no longer kept");
        }
        Artifact own = run.ownDatabase();
        return submit(
                owner,
                new Submission(
                        content(run.input()),
                        own == null ? run.database() : null,
                        own == null ? null : new Submission.OwnDatabase(own.name(), content(own)),
                        run.outputName(),
                        run.job().title(),
                        key,
                        false,
                        run.place()));
    }

    /** A stored file as a whole; only for files of bounded size. */
    public byte[] content(Artifact artifact) {
        try (InputStream content = artifacts.open(artifact, 0)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of a stored text. */
    public String beginning(Artifact artifact, int bytes) {
        try (InputStream content = artifacts.open(artifact, 0)) {
            return new String(content.readNBytes(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first lines of a stored text; empty if there is none. */
    public List<String> lines(@Nullable Artifact artifact, int most) {
        if (artifact == null) {
            return List.of();
        }
        try (InputStream content = artifacts.open(artifact, 0)) {
            return new String(content.readNBytes(256 << 10), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .limit(most)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tables of the run's selected output. */
    public List<SelectedOutput> tables(Run run, int mostRows) {
        List<SelectedOutput> tables = new ArrayList<>();
        for (Artifact file : run.tables()) {
            try (InputStream content = artifacts.open(file, 0)) {
                tables.addAll(SelectedOutput.read(file.name(), content, mostRows));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tables;
    }

    private Run describe(Job job) {
        RunInput input = mapper.readValue(job.input(), RunInput.class);
        List<Artifact> inputs = artifacts.list(RunFiles.inputGroup(job.id()));
        Instant date = input.databaseDate();
        return new Run(
                job,
                input.database(),
                input.databaseSha256(),
                date == null ? null : date.toString(),
                named(inputs, RunFiles.INPUT),
                input.ownDatabase() ? named(inputs, input.database()) : null,
                input.output(),
                input.place(),
                job.state().isFinal() ? artifacts.list(RunFiles.resultGroup(job.id())) : List.of());
    }

    private static @Nullable Artifact named(List<Artifact> artifacts, String name) {
        return artifacts.stream()
                .filter(artifact -> artifact.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Optional<JobId> parse(String id) {
        try {
            return Optional.of(JobId.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
