package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.colonnade.calculators.CalculatorsProperties;
import org.colonnade.execution.Places;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Outcome;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.GatewayTest;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What hostile and unlucky inputs do when they get past the check of the input: the sandbox holds by itself. */
@GatewayTest
class HostileInputTest {

    @Autowired
    Places places;

    @Autowired
    Artifacts artifacts;

    @Autowired
    Jobs jobs;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JsonMapper mapper;

    private final JobId id = JobId.random();
    private CalculatorsProperties properties;
    private Engines engines;
    private Databases databases;

    @BeforeEach
    void open() {
        properties = properties(null);
        engines = new Engines(properties, places);
        databases = new Databases(engines, properties);
        assumeTrue(engines.missing().isEmpty(), () -> engines.missing().orElse(""));
    }

    @Test
    @Tag("G.26")
    void anEndlessBasicProgramTimesOutAndLeavesNoProcess() throws Exception {
        Outcome outcome = run("""
            SOLUTION 1
            USER_PRINT
            -start
            10 GOTO 10
            -end
            END
            """);
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(id.toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECTED_OUTPUT\n -file /var/tmp/evil-%s",
                "SELECTED_OUTPUT\n -fil /tmp/../var/tmp/evil-%s",
                "SELECTED_OUTPUT\n -f ../../../var/tmp/evil-%s",
                "SELECTED_OUTPUT\n file ../evil-%s",
                "DUMP\n -file /var/tmp/evil-%s\n -all",
            })
    @Tag("G.27")
    void noFileOutsideTheFolderIsWritten(String text) throws Exception {
        run("SOLUTION 1\n pH 7\n" + text.formatted(id) + "\nEND\n");
        assertThat(Path.of("/var/tmp/evil-" + id)).doesNotExist();
        assertThat(results()).doesNotContainKey("evil-" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INCLUDE$ /etc/passwd\nSOLUTION 1\nEND\n", "DATABASE /etc/passwd\nSOLUTION 1\nEND\n"})
    void noFileOfTheServerIsRead(String input) throws Exception {
        run(input);
        assertThat(results().values()).noneMatch(text -> text.contains("root:"));
    }

    @Test
    @Tag("G.28")
    void anInputThatVanishedBeforeTheStartFailsAtOnce() throws Exception {
        Outcome outcome = handler().run(new Context(job(input("pH 7"))));
        assertThat(outcome).isEqualTo(Outcome.failed("The stored file input.pqi of this run is missing"));
    }

    @Test
    void aDatabaseThatChangedSinceSubmissionIsNotUsed() throws Exception {
        var before = new RunInput("phreeqc.dat", "00", Instant.EPOCH, false, "00", "output.txt", null, null);
        store("SOLUTION 1\nEND\n");
        Outcome outcome = handler().run(new Context(job(mapper.writeValueAsString(before))));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.toString()).contains("was changed between submission and start");
    }

    @Test
    @Tag("G.32")
    void withoutAnEngineTheServerSaysWhatIsMissing() {
        // given
        var none = properties(Path.of("/no/such/libiphreeqc.so"));
        var missing = new Engines(none, places);
        var runs = new Runs(jobs, artifacts, missing, new Databases(missing, none), none, mapper);
        // when, then
        assertThatThrownBy(() -> runs.submit(
                        new Owner("guest:somebody"),
                        new Submission("SOLUTION 1\n".getBytes(StandardCharsets.UTF_8), null, null, null, null, null)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
                    assertThat(problem.detail()).contains("not installed on this server");
                });
    }

    @Test
    void anOperatorsDatabaseIsOfferedBesideTheEnginesWithItsRange() throws Exception {
        Files.createDirectories(properties.phreeqc().databases());
        Files.writeString(
                properties.phreeqc().databases().resolve("site.dat"),
                "LLNL_AQUEOUS_MODEL_PARAMETERS\n-temperatures\n 110 600\n-dh_a\n 1 1\n");
        assertThat(databases.find("site")).hasValueSatisfying(database -> {
            assertThat(database.installed()).isTrue();
            assertThat(database.temperatures()).isEqualTo(new TemperatureRange(110, 600));
        });
        assertThat(databases.list().getFirst().name()).isEqualTo("phreeqc.dat");
    }

    private Outcome run(String text) throws Exception {
        store(text);
        return handler().run(new Context(job(input(text))));
    }

    private void store(String text) throws Exception {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        artifacts.store("phreeqc:" + id, "input.pqi", "text/plain", new ByteArrayInputStream(content), content.length);
    }

    private String input(String text) {
        Database database = databases.find("phreeqc.dat").orElseThrow();
        return mapper.writeValueAsString(new RunInput(
                database.name(),
                database.sha256(),
                database.date(),
                false,
                Digests.sha256(text.getBytes(StandardCharsets.UTF_8)),
                "output.txt",
                null,
                null));
    }

    private PhreeqcHandler handler() {
        return new PhreeqcHandler(
                properties, engines, databases, places, artifacts, new TransactionTemplate(transactions), mapper);
    }

    private Map<String, String> results() {
        return artifacts.list("job:" + id).stream().collect(Collectors.toMap(file -> file.name(), file -> {
            try (var content = artifacts.open(file, 0)) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private Job job(String input) {
        return new Job(
                id,
                "phreeqc",
                new Owner("guest:somebody"),
                "A trial",
                input,
                JobState.RUNNING,
                1,
                0,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null);
    }

    private static CalculatorsProperties properties(@Nullable Path library) {
        var size = DataSize.ofMegabytes(100);
        return new CalculatorsProperties(new CalculatorsProperties.Phreeqc(
                library,
                Path.of("target/no-engines"),
                Path.of("target/site-databases"),
                Path.of("/usr/bin/python3"),
                Duration.ofSeconds(3),
                DataSize.ofGigabytes(2),
                size,
                size,
                size,
                size,
                2,
                2,
                100,
                Duration.ofDays(30)));
    }

    /** A running job without a queue. */
    private record Context(Job job) implements JobContext {

        @Override
        public void progress(double fraction, String sentence) {}

        @Override
        public void log(String text) {}

        @Override
        public void record(String name, String value) {}

        @Override
        public Optional<String> recorded(String name) {
            return Optional.empty();
        }

        @Override
        public void check() {}
    }
}
