package org.colonnade.certification.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.testing.GatewayTest;
import org.colonnade.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The database of a Run Registry, with the defects that such databases have, becomes ours. */
@GatewayTest
class TakeoverTest {

    private static final String OLD = oldRegistry();

    @Autowired
    Takeover takeover;

    @Autowired
    States states;

    @Autowired
    History history;

    @Autowired
    Ledger ledger;

    @Autowired
    Configurations configurations;

    @Autowired
    Cycles cycles;

    @Autowired
    GoldenRecords golden;

    private static String oldRegistry() {
        String url = TestDatabase.create();
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement();
                var sql = Objects.requireNonNull(
                        TakeoverTest.class.getResourceAsStream("/certification/old-registry.sql"))) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            return url;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("colonnade.certification.takeover.url", () -> OLD);
        registry.add("colonnade.certification.takeover.username", () -> "postgres");
    }

    @Test
    void everyVersionKeepsItsNumberAuthorAndTimeAndEveryRepairIsReported() {
        Takeover.Report report = takeover.run();
        // then: history
        assertThat(report.versions()).isEqualTo(6);
        assertThat(history.version(12).orElseThrow().author()).isEqualTo("maria@lab.example");
        assertThat(history.version(12).orElseThrow().at()).isEqualTo(Instant.parse("2023-05-01T09:00:00Z"));
        assertThat(history.version(13)).isEmpty();
        assertThat(history.ofLumisections(DatasetKey.online(360001), Family.RR).stream()
                        .map(e -> e.first() + "-" + e.last()))
                .containsExactly("1-10", "2-4", "7-7", "10-10");
        // state
        var run = states.run(360001, States.NOW).orElseThrow();
        assertThat(run.runClass())
                .as("what somebody set beats what rules say later")
                .isEqualTo("B");
        assertThat(run.oms().path("energy").doubleValue()).isEqualTo(6800.5);
        assertThat(statuses(States.NOW))
                .containsExactly("1-1 GOOD", "2-4 BAD", "5-6 GOOD", "7-7 BAD", "8-9 GOOD", "10-10 STANDBY");
        assertThat(statuses(11)).containsExactly("1-10 GOOD");
        var prompt = states.dataset(new DatasetKey(360001, "/PromptReco/Old/DQM"), States.NOW)
                .orElseThrow();
        assertThat(prompt.inGui()).containsExactly("/ZeroBias/Old/DQMIO");
        // configuration: the current one only
        Configuration configuration = configurations.current().document();
        assertThat(configuration.classes())
                .extracting(Configuration.ClassRule::runClass)
                .containsExactly("A", "C");
        assertThat(configuration.components()).hasSize(1);
        assertThat(configuration.acceptedDatasets().getFirst().monitorNames())
                .containsExactly("/ZeroBias/Old.*", "/JetMET/Old.*");
        assertThat(configuration.rights())
                .contains(
                        new Configuration.Right("cms-dt-experts", List.of("run.class"), List.of("*")),
                        new Configuration.Right("cms-dt-experts", List.of("dataset.move"), List.of("dt")));
        // cycles and golden JSON files
        Cycle cycle = cycles.all("global").getFirst();
        assertThat(cycle.name()).isEqualTo("Week 18 2023");
        assertThat(cycle.isCompletedIn("dt")).isTrue();
        var file = golden.find(4).orElseThrow();
        assertThat(file.version()).isEqualTo(16);
        assertThat(Objects.requireNonNull(file.record()).path("generated_json").toString())
                .isEqualTo("{\"360001\":[[1,10]]}");
        // repairs
        Map<String, Integer> repairs =
                report.repairs().stream().collect(Collectors.toMap(Takeover.Repair::kind, Takeover.Repair::count));
        assertThat(repairs)
                .containsEntry("lumisections beyond the end of the run, cut off", 1)
                .containsEntry("manual change of what the machine reported, left out", 1)
                .containsEntry("lumisections of a dataset that was never created", 1)
                .containsEntry("verdict without a status, taken as empty", 1)
                .containsEntry("version without events, left out", 1)
                .containsEntry("run without events, left out", 1)
                .containsEntry("rule that cannot be compiled, replaced by one that never holds", 1)
                .containsEntry("classifier of a component that is not there", 1)
                .containsEntry("right that is not a regular expression, left out", 1)
                .containsEntry("dataset that waits though the quality monitor shows it", 1)
                .containsEntry("cycle without datasets, left out", 1)
                .containsEntry("golden JSON with ranges that overlapped or touched, united", 1)
                .containsEntry(
                        "the old table of runs differed from its events (class, state and the like), the events hold",
                        1);
        // and it goes on from there
        assertThat(ledger.replay().same()).isTrue();
        assertThatThrownBy(takeover::run).hasMessageContaining("empty");
        assertThat(history.latest()).isGreaterThan(18);
    }

    private List<String> statuses(long version) {
        return states
                .dataset(DatasetKey.online(360001), version)
                .orElseThrow()
                .verdicts()
                .lane("dt-dt")
                .spans()
                .stream()
                .map(s -> s.first() + "-" + s.last() + " " + Summary.status(s.value()))
                .toList();
    }
}
