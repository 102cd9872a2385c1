package org.colonnade.certification.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.colonnade.certification.WithDemo;
import org.colonnade.certification.certify.OmsSource;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.golden.GoldenRecords.Stored;
import org.colonnade.certification.golden.GoldenRecords.Whose;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Version;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
import org.colonnade.jobs.Owner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a newcomer finds after {@code ./run --demo}. */
@WithDemo
class DemoTest {

    @Autowired
    Demo demo;

    @Autowired
    Listing listing;

    @Autowired
    History history;

    @Autowired
    Cycles cycles;

    @Autowired
    GoldenRecords golden;

    @Autowired
    OmsSource oms;

    @BeforeEach
    void loaded() {
        demo.load();
    }

    @Test
    void everyPartOfTheRegistryShowsSomething() {
        assertThat(runs("{}")).isGreaterThan(40);
        for (String runClass : List.of("Collisions26", "Cosmics26", "Commissioning26")) {
            assertThat(runs("{\"rr_attributes.class\":\"" + runClass + "\"}")).isGreaterThan(5);
        }
        assertThat(runs("{\"rr_attributes.state\":\"SIGNOFF\"}")).isGreaterThan(20);
        assertThat(runs("{\"rr_attributes.state\":\"OPEN\"}")).isGreaterThan(10);
        assertThat(runs("{\"rr_attributes.run_needs_to_be_updated_manually\":true}"))
                .isEqualTo(1);
        for (String filter : List.of(
                "{\"triplet_summary.csc-csc.BAD\":{\">\":0}}",
                "{\"triplet_summary.tracker-pixel.STANDBY\":{\">\":0}}",
                "{\"triplet_summary.ctpps-ctpps.EXCLUDED\":{\">\":0}}",
                "{\"rr_attributes.stop_reason\":{\"like\":\"%dump%\"}}")) {
            assertThat(runs(filter)).as(filter).isPositive();
        }
        for (String state : List.of("waiting dqm gui", "OPEN", "SIGNOFF", "COMPLETED")) {
            assertThat(datasets("{\"dataset_attributes.tracker_state\":\"" + state + "\"}"))
                    .as(state)
                    .isPositive();
        }
        assertThat(cycles.all("global")).hasSize(2);
        assertThat(history.versions(1000, 0))
                .extracting(Version::author)
                .contains("auto@auto", "Amira Haddad", "Jonas Weber", "Chiara Rossi", "Kenji Sato", "Elena Petrova");
    }

    @Test
    void itsGoldenFilesHoldMostOfTheLuminosity() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> goldenFiles().stream().allMatch(s -> s.record() != null));
        List<Stored> files = goldenFiles();
        assertThat(files).hasSize(2).extracting(s -> s.asked().official()).containsExactly(false, true);
        for (Stored file : files) {
            var record = Objects.requireNonNull(file.record());
            double share = record.path("recorded_luminosity_in_json").doubleValue()
                    / record.path("total_recorded_luminosity").doubleValue();
            assertThat(share).isBetween(0.3, 0.99);
            assertThat(record.path("rules_flagged_false_quantity_luminosity").size())
                    .isGreaterThan(2);
        }
    }

    /** Those of the demonstration; other tests make more in the same gateway. */
    private List<Stored> goldenFiles() {
        return golden.list(Whose.ALL, Owner.SYSTEM, null).stream()
                .filter(file -> file.asked().tags().endsWith(", 2026A"))
                .toList();
    }

    @Test
    void itsRunsCanBeAskedForAgain() {
        OmsSource.Report report = oms.run(DemoRuns.FIRST).orElseThrow();
        assertThat(report.attributes().path("hlt_key").stringValue()).contains("Cosmics");
        assertThat(report.lumisections()).hasSizeGreaterThan(60);
    }

    @Test
    void loadingItTwiceChangesNothing() {
        long before = history.latest();
        assertThat(demo.load()).isEqualTo(new Demo.Loaded(false, 0, 0));
        assertThat(history.latest()).isEqualTo(before);
    }

    private long runs(String filter) {
        return listing.runs(query(filter)).count();
    }

    private long datasets(String filter) {
        return listing.datasets(query(filter)).count();
    }

    private static Query query(String filter) {
        return new Query(0, 10, List.of(), (ObjectNode) JsonMapper.shared().readTree(filter));
    }
}
