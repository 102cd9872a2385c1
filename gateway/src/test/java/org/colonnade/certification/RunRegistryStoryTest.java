package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.golden.Golden;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.oms.OmsDouble;
import org.colonnade.certification.oms.OmsPoll;
import org.colonnade.certification.rule.Rule;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One story through the Run Registry's interface, told in order: three runs arrive, are corrected, signed off, appear in
 * the quality monitor, and end in a golden JSON file. Each chapter builds on those before it.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunRegistryStoryTest {

    private static final OmsDouble OMS = startOms();
    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";
    private static final String EXPRESS = "/Express/Collisions2026/DQM";
    private static final String GOLDEN_RULE = """
        {"and":[{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]},
                {"==":[{"var":"lumisection.oms.bpix_ready"},true]},
                {">=":[{"var":"run.oms.energy"},6000]}]}
        """;

    @Value("${local.server.port}")
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Roles roles;

    @Autowired
    PersonalTokens tokens;

    @Autowired
    OmsPoll poll;

    @Autowired
    MeterRegistry meters;

    @Autowired
    Golden golden;

    @Autowired
    States states;

    @Autowired
    History history;

    @Autowired
    Runs runs;

    private static @Nullable String managerToken;
    private static @Nullable String shifterToken;

    private static OmsDouble startOms() {
        try {
            OmsDouble oms = OmsDouble.start();
            oms.put(400001, ScenarioRuns.beam(400001), ScenarioRuns.tenWithDtOff(4, 5));
            oms.put(400002, ScenarioRuns.cosmic(400002), ScenarioRuns.allOn(4));
            oms.put(400003, ScenarioRuns.beamWithoutDt(400003), ScenarioRuns.threeWithOneInactive());
            return oms;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void monitoringSystem(DynamicPropertyRegistry registry) {
        registry.add("colonnade.certification.oms.url", OMS::url);
        registry.add("colonnade.certification.oms.token-url", OMS::tokenUrl);
        registry.add("colonnade.certification.oms.page-size", () -> "4");
    }

    @AfterAll
    static void stopOms() {
        OMS.close();
    }

    @BeforeEach
    void accounts() {
        if (managerToken == null) {
            managerToken = account("maria", "certification.data-manager", "certification.ingest");
            shifterToken = account("sam", "certification.shifter");
        }
    }

    private String account(String name, String... granted) {
        return Certifiers.token(jdbc, roles, tokens, name, granted);
    }

    private Registry manager() {
        return new Registry(port, managerToken);
    }

    @Test
    @Tag("R.1")
    @Tag("R.22")
    @Order(1)
    void anEmptyRegistryTakesOverAllRunsAtTheFirstLook() {
        assertThat(poll.tick()).hasValue(new OmsPoll.Tick(3, 0));
        JsonNode first = run(400001);
        assertThat(first.at("/rr_attributes/class").stringValue()).isEqualTo("Collisions26");
        assertThat(first.at("/rr_attributes/significant").booleanValue()).isTrue();
        assertThat(first.at("/rr_attributes/state").stringValue()).isEqualTo("OPEN");
        assertThat(summary(first, "dt-dt")).isEqualTo("{EMPTY=0, GOOD=8, BAD=2}");
        assertThat(summary(first, "tracker-pixel")).isEqualTo("{EMPTY=0, GOOD=9, STANDBY=1}");
        assertThat(summary(first, "tracker-strip")).isEqualTo("{EMPTY=0, GOOD=9, NO VALUE FOUND=1}");
        assertThat(summary(first, "cms-cms")).isEqualTo("{EMPTY=0, GOOD=10}");
        JsonNode second = run(400002);
        assertThat(second.at("/rr_attributes/class").stringValue()).isEqualTo("Cosmics26");
        assertThat(second.at("/rr_attributes/significant").booleanValue()).isFalse();
        assertThat(second.at("/rr_attributes/state").stringValue()).isEqualTo("OPEN");
        assertThat(second.at("/DatasetTripletCache/triplet_summary")).isEmpty();
        JsonNode third = run(400003);
        assertThat(third.at("/rr_attributes/class").stringValue()).isEqualTo("Collisions26");
        assertThat(third.at("/rr_attributes/significant").booleanValue()).isTrue();
        assertThat(third.at("/rr_attributes/state").stringValue()).isEqualTo("OPEN");
        assertThat(summary(third, "dt-dt")).isEqualTo("{EMPTY=0, EXCLUDED=3}");
        assertThat(summary(third, "cms-cms")).isEqualTo("{EMPTY=0, GOOD=2, BAD=1}");
    }

    @Test
    @Tag("R.2")
    @Order(2)
    void equalLumisectionsAreOneRange() {
        JsonNode ranges = manager()
                .post("/lumisections/rr_lumisection_ranges", dataset("online"))
                .body();
        assertThat(bounds(ranges)).containsExactly("1-3", "4-5", "6-8", "9-9", "10-10");
    }

    @Test
    @Tag("R.3")
    @Order(3)
    void aPersonsVerdictBeatsThoseOfRulesBeforeAndAfter() {
        Answer edit = edit(400001, "online", "dt-dt", 4, 5, "STANDBY", "ramping", "HV");
        assertThat(edit.status()).as(edit.text()).isEqualTo(200);
        OMS.put(400001, ScenarioRuns.beam(400001), ScenarioRuns.tenWithDtOff(4, 6));
        // when
        assertThat(poll.tick()).hasValue(new OmsPoll.Tick(3, 0));
        // then
        JsonNode byComponent = manager()
                .post("/lumisections/rr_lumisection_ranges_by_component", dataset("online"))
                .body();
        assertThat(spans(byComponent.path("dt-dt"))).containsExactly("1-3 GOOD", "4-5 STANDBY", "6-6 BAD", "7-10 GOOD");
        assertThat(summary(run(400001), "dt-dt")).isEqualTo("{EMPTY=0, GOOD=7, BAD=1, STANDBY=2}");
        JsonNode summary = run(400001).at("/DatasetTripletCache/triplet_summary/dt-dt");
        assertThat(summary.path("comments").toString()).isEqualTo("[\"ramping\"]");
        assertThat(summary.path("causes").toString()).isEqualTo("[\"HV\"]");
        // when the same is reported again
        long before = history.latest();
        assertThat(poll.tick()).hasValue(new OmsPoll.Tick(3, 0));
        // then
        assertThat(history.latest()).isEqualTo(before);
        assertThat(manager().put("/automatic_run_update/400001", asSent()).status())
                .isEqualTo(204);
        assertThat(history.latest()).isEqualTo(before);
    }

    /** What rules make of run 400001 now, as other programs send it. */
    private String asSent() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("oms_attributes", run(400001).path("oms_attributes"));
        body.putObject("rr_attributes").put("class", "Collisions26").put("significant", true);
        body.set(
                "oms_lumisections",
                manager()
                        .post("/lumisections/oms_lumisections", dataset("online"))
                        .body());
        JsonNode verdicts = manager()
                .post("/lumisections/rr_lumisections", dataset("online"))
                .body();
        for (int ls = 4; ls <= 5; ls++) {
            ((ObjectNode) verdicts.get(ls - 1).path("dt-dt"))
                    .put("status", "BAD")
                    .put("comment", "")
                    .put("cause", "");
        }
        body.set("rr_lumisections", verdicts);
        return body.toString();
    }

    @Test
    @Tag("R.4")
    @Order(4)
    void historyTellsWhoSaidWhat() {
        JsonNode rows = manager()
                .post("/lumisections/get_rr_lumisection_history", dataset("online"))
                .body();
        assertThat(bounds(rows)).containsExactly("1-3", "4-5", "6-8", "9-9", "10-10", "4-5", "6-6");
        assertThat(rows.get(5).path("by").stringValue()).isEqualTo("maria");
        assertThat(rows.get(5).path("manual_change").booleanValue()).isTrue();
        assertThat(rows.get(6).at("/jsonb/dt-dt/status").stringValue()).isEqualTo("BAD");
        assertThat(rows.get(6).path("by").stringValue()).isEqualTo("auto@auto");
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).path("version").longValue())
                    .isGreaterThan(rows.get(i - 1).path("version").longValue());
        }
    }

    @Test
    @Tag("R.5")
    @Order(5)
    void verdictsThatCannotBeMeantAreRefusedAndLeaveNoVersion() {
        long before = history.latest();
        assertThat(edit(400001, "online", "dt-dt", 1, 2, "BAD", "", "").err()).contains("comment");
        assertThat(edit(400001, "online", "dt-dt", 9, 5, "GOOD", "", "").err()).contains("before it starts");
        assertThat(edit(400001, "online", "dt-dt", 9, 11, "GOOD", "", "").err()).contains("1 to 10");
        assertThat(edit(400001, "online", "dt-dt", 0, 2, "GOOD", "", "").err()).contains("1 to 10");
        assertThat(edit(400001, "online", "dt-nothing", 1, 2, "GOOD", "", "").err())
                .contains("no component");
        assertThat(edit(400001, "online", "dt-dt", 1, 2, "PERFECT", "", "").err())
                .contains("one of GOOD");
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    @Tag("R.6")
    @Order(6)
    void aRunIsSignedOffOnlyWhenEverythingIsJudged() {
        Answer blocked = manager().post("/runs/move_run/OPEN/SIGNOFF", number(400001));
        assertThat(blocked.err()).contains("position 9").contains("strip");
        assertThat(edit(400001, "online", "tracker-strip", 9, 9, "GOOD", "", "").status())
                .isEqualTo(200);
        Answer moved = manager().post("/runs/move_run/OPEN/SIGNOFF", number(400001));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.body().at("/rr_attributes/state").stringValue()).isEqualTo("SIGNOFF");
        assertThat(manager().post("/runs/move_run/OPEN/SIGNOFF", number(400001)).err())
                .contains("already in state");
        assertThat(manager().post("/runs/move_run/OPEN/SIGNOFF", number(400002)).err())
                .contains("no run lumisection data");
        long before = history.latest();
        assertThat(edit(400001, "online", "dt-dt", 1, 1, "GOOD", "", "").err()).contains("Run must be in state OPEN");
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    @Tag("R.7")
    @Order(7)
    void signOffMakesTheDatasetsThatAreCertifiedNext() {
        assertThat(manager().get("/get_all_dataset_names_of_run/400001").body())
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrder("online", PROMPT, EXPRESS);
        JsonNode prompt = get(PROMPT);
        assertThat(states(prompt)).containsOnly(Datasets.WAITING).hasSize(3);
        assertThat(states(get(EXPRESS))).containsOnly(Datasets.WAITING).hasSize(3);
        JsonNode byComponent = manager()
                .post("/lumisections/rr_lumisection_ranges_by_component", dataset(PROMPT))
                .body();
        assertThat(spans(byComponent.path("dt-dt")))
                .containsExactly("1-3 GOOD", "4-5 NO VALUE FOUND", "6-6 BAD", "7-10 GOOD");
        assertThat(spans(byComponent.path("tracker-pixel"))).containsExactly("1-8 GOOD", "9-9 STANDBY", "10-10 GOOD");
        assertThat(spans(byComponent.path("tracker-track"))).containsExactly("1-10 NOTSET");
        byComponent.forEach(spans -> assertThat(spans)
                .allSatisfy(
                        span -> assertThat(span.path("comment").stringValue()).isEmpty()));
    }

    @Test
    @Tag("R.8")
    @Order(8)
    void whatAppearsInTheQualityMonitorIsOpenedOnce() {
        String shown = """
                {"samples":[{"type":"offline_data","items":[
                 {"type":"offline_data","run":"400001","dataset":"/ZeroBias/Run2026A-PromptReco-v1/DQMIO"},
                 {"type":"offline_data","run":"400001","dataset":"/StreamExpress/Run2026A-Express-v1/DQMIO"},
                 {"type":"offline_data","run":"400001","dataset":"/EGamma0/Run2026A-PromptReco-v1/DQMIO"}]}]}
                """;
        var own = new Registry(port, managerToken, "/api/v1/certification");
        assertThat(own.post("/quality-monitor", shown).body().path("datasets").intValue())
                .isEqualTo(2);
        JsonNode prompt = get(PROMPT);
        assertThat(prompt.at("/dataset_attributes/global_state").stringValue()).isEqualTo("OPEN");
        assertThat(prompt.at("/dataset_attributes/dt_state").stringValue()).isEqualTo("OPEN");
        assertThat(prompt.at("/dataset_attributes/tracker_state").stringValue()).isEqualTo(Datasets.WAITING);
        assertThat(prompt.path("datasets_in_gui")).hasSize(1);
        assertThat(prompt.at("/datasets_in_gui/0").stringValue()).isEqualTo("/ZeroBias/Run2026A-PromptReco-v1/DQMIO");
        JsonNode express = get(EXPRESS).path("dataset_attributes");
        assertThat(express.path("global_state").stringValue()).isEqualTo(Datasets.NOT_SIGNIFICANT);
        assertThat(express.path("dt_state").stringValue()).isEqualTo(Datasets.NOT_SIGNIFICANT);
        assertThat(express.path("tracker_state").stringValue()).isEqualTo(Datasets.WAITING);
        long before = history.latest();
        assertThat(own.post("/quality-monitor", shown).body().path("datasets").intValue())
                .isZero();
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    @Tag("R.9")
    @Order(9)
    void theGoldenFileHoldsWhatFulfilsTheRuleAndSaysWhyTheRestDoesNot() {
        JsonNode record = finished(generate(GOLDEN_RULE, "/PromptReco/Collisions2026_/DQM"));
        assertThat(record.path("generated_json").toString()).isEqualTo("{\"400001\":[[1,3],[7,8],[10,10]]}");
        assertThat(record.path("generated_anti_json").toString()).isEqualTo("{\"400001\":[[4,6],[9,9]]}");
        assertThat(record.path("min_run_number").intValue()).isEqualTo(400001);
        assertThat(record.path("max_run_number").intValue()).isEqualTo(400001);
        assertThat(record.path("recorded_luminosity_in_json").doubleValue()).isEqualTo(1.5);
        assertThat(record.path("total_recorded_luminosity_lost").doubleValue()).isEqualTo(1.0);
        JsonNode responsible = record.path("runs_lumisections_responsible_for_rule");
        assertThat(responsible
                        .path("[{\"==\":[{\"var\":\"lumisection.rr.dt-dt\"},\"GOOD\"]}]")
                        .toString())
                .isEqualTo("{\"400001-" + PROMPT + "\":[[4,6]]}");
        assertThat(responsible
                        .path("[{\"==\":[{\"var\":\"lumisection.oms.bpix_ready\"},true]}]")
                        .toString())
                .isEqualTo("{\"400001-" + PROMPT + "\":[[9,9]]}");
    }

    @Test
    @Tag("R.11")
    @Order(9)
    void theOlderQuestionGetsTheSameAnswerInItsOwnShape() {
        String named = "{\"and\":[{\"==\":[{\"var\":\"dataset.name\"},\"" + PROMPT + "\"]}," + GOLDEN_RULE + "]}";
        Answer found = manager().post("/json_creation/generate", "{\"json_logic\":" + named + "}");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        assertThat(found.body().toString())
                .isEqualTo(
                        "{\"final_json\":{\"400001\":[[1,3],[7,8],[10,10]]},\"dataset_in_run_in_json\":{\"400001\":\""
                                + PROMPT + "\"},\"final_json_with_dataset_names\":{\"400001-" + PROMPT
                                + "\":[[1,3],[7,8],[10,10]]}}");
        Answer several = manager().post("/json_creation/generate", """
            {"json_logic":{"and":[{"==":[{"var":"run.run_number"},400001]},{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]}]}}
            """);
        assertThat(several.status()).isEqualTo(422);
        assertThat(several.err()).contains("There exists mutliple datasets for that json logic filter");
        Answer either = manager().post("/json_creation/generate", """
            {"json_logic":{"and":[{"==":[{"var":"dataset.name"},"online"]},{"==":[{"var":"run.run_number"},400001]},
            {"or":[{"==":[{"var":"lumisection.rr.dt-dt"},"STANDBY"]},{"==":[{"var":"lumisection.rr.dt-dt"},"BAD"]}]}]}}
            """);
        assertThat(either.body().path("final_json").toString()).isEqualTo("{\"400001\":[[4,6]]}");
    }

    @Test
    @Order(10)
    void aGoldenFileIsMadeAgainByteForByteWhateverHappenedSince() throws NoSuchAlgorithmException {
        Rule rule = Rule.parse(GOLDEN_RULE);
        Golden.File first = golden.compute(rule, "/PromptReco/%");
        assertThat(edit(400001, PROMPT, "dt-dt", 1, 1, "BAD", "seen later", "").status())
                .isEqualTo(200);
        assertThat(golden.compute(rule, "/PromptReco/%").digest()).isNotEqualTo(first.digest());
        Golden.File again = golden.compute(rule, "/PromptReco/%", first.version());
        assertThat(again.record().toString()).isEqualTo(first.record().toString());
        assertThat(again.digest())
                .isEqualTo(first.digest())
                .isEqualTo(sha256(first.record().path("generated_json").toString()));
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    @Tag("R.21")
    @Order(11)
    void severalDatasetsOfARunAreUnitedAndCountedOnce() {
        assertThat(edit(400001, EXPRESS, "tracker-pixel", 4, 10, "BAD", "only here", "")
                        .status())
                .isEqualTo(200);
        Golden.File file = golden.compute(
                Rule.parse("{\"==\":[{\"var\":\"lumisection.rr.tracker-pixel\"},\"GOOD\"]}"),
                "/(PromptReco|Express)/Collisions2026A?/DQM");
        assertThat(file.record().path("generated_json").toString()).isEqualTo("{\"400001\":[[1,8],[10,10]]}");
        assertThat(file.record().path("warnings")).hasSize(1);
        assertThat(file.record().path("total_recorded_luminosity").doubleValue())
                .isEqualTo(2.5);
        assertThat(file.record().path("recorded_luminosity_in_json").doubleValue())
                .isEqualTo(2.25);
    }

    @Test
    @Tag("R.12")
    @Order(12)
    void aSignedOffRunIsFlaggedWhenRulesDisagreeAndFreedWhenItIsRefreshed() {
        List<ObjectNode> changed = ScenarioRuns.tenWithDtOff(4, 6);
        changed.get(1).put("cms_active", false);
        OMS.put(400001, ScenarioRuns.beam(400001).put("last_update", "2026-05-03T09:00:00Z"), changed);
        long before = history.latest();
        poll.tick();
        assertThat(run(400001)
                        .at("/rr_attributes/run_needs_to_be_updated_manually")
                        .booleanValue())
                .isTrue();
        assertThat(summary(run(400001), "cms-cms")).isEqualTo("{EMPTY=0, GOOD=10}");
        assertThat(history.latest()).isEqualTo(before + 1);
        assertThat(history.version(before + 1).orElseThrow().author()).isEqualTo("auto@auto");
        assertThat(manager().post("/runs/move_run/SIGNOFF/OPEN", number(400001)).status())
                .isEqualTo(200);
        Answer refreshed = manager().post("/runs/refresh_run/400001", "");
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
        assertThat(summary(refreshed.body(), "cms-cms")).isEqualTo("{EMPTY=0, GOOD=9, BAD=1}");
        assertThat(refreshed
                        .body()
                        .at("/rr_attributes/run_needs_to_be_updated_manually")
                        .booleanValue())
                .isFalse();
    }

    @Test
    @Tag("R.13")
    @Order(13)
    void aSecondSignOffKeepsTheStatesOfItsDatasets() {
        JsonNode prompt = get(PROMPT).path("dataset_attributes");
        JsonNode express = get(EXPRESS).path("dataset_attributes");
        Answer moved = manager().post("/runs/move_run/OPEN/SIGNOFF", number(400001));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(prompt.path("global_state").stringValue()).isEqualTo("OPEN");
        assertThat(get(PROMPT).path("dataset_attributes")).isEqualTo(prompt);
        assertThat(express.path("global_state").stringValue()).isEqualTo(Datasets.NOT_SIGNIFICANT);
        assertThat(get(EXPRESS).path("dataset_attributes")).isEqualTo(express);
    }

    @Test
    @Tag("R.18")
    @Order(14)
    void aChangeOfTheMachinesBookkeepingFlagsNobody() {
        List<ObjectNode> same = ScenarioRuns.tenWithDtOff(4, 6);
        same.get(1).put("cms_active", false);
        OMS.put(400001, ScenarioRuns.beam(400001).put("last_update", "2026-05-03T10:00:00Z"), same);
        poll.tick();
        JsonNode run = run(400001);
        assertThat(run.at("/oms_attributes/last_update").stringValue()).isEqualTo("2026-05-03T10:00:00Z");
        assertThat(run.at("/rr_attributes/run_needs_to_be_updated_manually").booleanValue())
                .isFalse();
    }

    @Test
    @Tag("R.16")
    @Order(15)
    void listsAreFilteredAsUsersWriteIt() {
        assertThat(found("{\"run_number\":{\"or\":[{\"=\":400001},{\"=\":400003},{\"=\":5}]}}"))
                .containsExactly(400003, 400001);
        assertThat(found("{\"rr_attributes.class\":{\"like\":\"%collisions%\"}}"))
                .containsExactly(400003, 400001);
        assertThat(found("{\"rr_attributes.class\":{\"notlike\":\"%collisions%\"}}"))
                .containsExactly(400002);
        assertThat(found("{\"triplet_summary.dt-dt.EXCLUDED\":{\">\":0}}")).containsExactly(400003);
        assertThat(found("{\"and\":[{\"run_number\":{\"=\":\"400001\"}}],\"rr_attributes.significant\":true}"))
                .containsExactly(400001);
        assertThat(found("""
            {"or":[{"run_number":{"=":400002}},{"triplet_summary.dt-dt.EXCLUDED":{">":0}}]}
            """)).containsExactly(400003, 400002);
        assertThat(found("{\"oms_attributes.energy\":{\">\":6000,\"<\":7000}}")).hasSize(3);
        JsonNode page = list("{\"page\":0,\"page_size\":2,\"sortings\":[],\"filter\":{}}")
                .body();
        assertThat(page.path("pages").intValue()).isEqualTo(2);
        JsonNode beyond = list("{\"page\":5,\"page_size\":2,\"sortings\":[],\"filter\":{}}")
                .body();
        assertThat(beyond.path("runs")).isEmpty();
        assertThat(beyond.path("count").intValue()).isEqualTo(3);
        String nested = "{\"and\":[".repeat(400) + "{\"run_number\":400002}" + "]}".repeat(400);
        assertThat(found(nested)).containsExactly(400002);
        assertThat(list("{\"page\":0,\"page_size\":1,\"sortings\":[[\"run_number\",\"ASC\"]],\"filter\":{}}")
                        .body()
                        .at("/runs/0/run_number")
                        .intValue())
                .isEqualTo(400001);
        JsonNode lastPage = list("{\"page\":2,\"page_size\":1,\"sortings\":[[\"rr_attributes.class\",\"ASC\"]]}")
                .body();
        assertThat(lastPage.at("/runs/0/run_number").intValue()).isEqualTo(400002);
    }

    @Test
    @Tag("R.23")
    @Order(16)
    void everyErrorIsJsonWithItsReason(CapturedOutput output) {
        String end = ",\"page\":0,\"page_size\":10,\"sortings\":[]}";
        String deep = "{\"filter\":" + "{\"and\":[".repeat(1000) + "]}".repeat(1000) + end;
        assertAnswer(manager().get("/nothing/here"), 404, "");
        assertAnswer(manager().send("PATCH", "/runs/400001", "{}"), 405, "");
        assertAnswer(list("not json"), 400, "not JSON");
        assertAnswer(list("{\"filter\":{\"run_number\":NaN}" + end), 400, "NaN");
        assertAnswer(list("[]"), 400, "object");
        assertAnswer(list("{\"page\":0}"), 422, "sortings");
        assertAnswer(list("{\"filter\":{\"run_number\":{\"~\":1}}" + end), 422, "~");
        assertAnswer(list("{\"filter\":{\"rr_attributes.x';drop\":1}" + end), 422, "x';drop");
        assertAnswer(list("{\"filter\":{\"n\":1}" + end), 422, "\"n\"");
        assertAnswer(list("{\"filter\":{\"\":1}" + end), 422, "column");
        assertAnswer(list("{\"filter\":{\"run_number\":[1]}" + end), 422, "list");
        assertAnswer(list("{\"filter\":{\"run_number\":{\"=\":1e400}}" + end), 422, "too large");
        assertAnswer(list("{\"filter\":{\"rr_attributes.class\":{\"like\":\"a\\u0000b\"}}" + end), 400, "NUL");
        assertAnswer(list("{\"filter\":{},\"page\":-1,\"page_size\":10,\"sortings\":[]}"), 422, "page");
        assertAnswer(list("{\"filter\":{},\"page\":0,\"page_size\":0,\"sortings\":[]}"), 422, "page_size");
        assertAnswer(list(deep), 422, "500 levels");
        assertAnswer(manager().get("/runs/abc"), 422, "abc");
        assertAnswer(
                manager().put("/manual_run_edit/400003/stop_reason", "{\"stop_reason\":\"a\\u0000b\"}"), 400, "NUL");
        assertAnswer(edit(400003, "online", "dt-dt", 1, 2, "BAD", "a\\u0000b", ""), 400, "NUL");
        assertThat(output.getAll()).doesNotContain(" ERROR ");
    }

    /** JSON with the reason, whatever is wrong. */
    private static void assertAnswer(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.err()).as(answer.text()).isNotBlank().contains(reason);
    }

    @Test
    @Tag("R.19")
    @Order(17)
    void rightsComeFromTokensAndNeverFromHeaders() {
        var stranger = new Registry(port, null);
        assertThat(stranger.get("/runs/400003").status()).isEqualTo(200);
        Answer refused = stranger.put("/manual_run_edit/400003/class", "{\"class\":\"Cosmics26\"}");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.err()).contains("User needs to be part of any of the following e-groups");
        var shifter = new Registry(port, shifterToken);
        Answer noClass = shifter.put("/manual_run_edit/400003/class", "{\"class\":\"Cosmics26\"}");
        assertThat(noClass.err()).contains("User needs to be part of any of the following e-groups");
        assertThat(run(400003).at("/rr_attributes/class").stringValue()).isEqualTo("Collisions26");
        Answer reason = shifter.put("/manual_run_edit/400003/stop_reason", "{\"stop_reason\":\"beam dump\"}");
        assertThat(reason.status()).as(reason.text()).isEqualTo(200);
        assertThat(new Registry(port, "col_wrong").get("/runs/400003").err()).isNotBlank();
    }

    @Test
    @Tag("R.14")
    @Order(18)
    void aResetTakesBackWhatPeopleSetAndForgetsNothing() {
        assertThat(manager()
                        .put("/manual_run_edit/400003/class", "{\"class\":\"Commissioning26\"}")
                        .status())
                .isEqualTo(200);
        assertThat(edit(400003, "online", "tracker-pixel", 1, 2, "BAD", "manual bad", "")
                        .status())
                .isEqualTo(200);
        JsonNode refreshed = manager().post("/runs/refresh_run/400003", "").body();
        assertThat(refreshed.at("/rr_attributes/class").stringValue()).isEqualTo("Commissioning26");
        assertThat(refreshed.at("/rr_attributes/stop_reason").stringValue()).isEqualTo("beam dump");
        assertThat(summary(refreshed, "tracker-pixel")).isEqualTo("{EMPTY=0, GOOD=1, BAD=2}");
        long before = history.latest();
        // when
        Answer reset = manager().post("/runs/reset_and_refresh_run/400003", "");
        // then
        assertThat(reset.status()).as(reset.text()).isEqualTo(200);
        assertThat(reset.body().at("/rr_attributes/class").stringValue()).isEqualTo("Collisions26");
        assertThat(reset.body().at("/rr_attributes/stop_reason").stringValue()).isEmpty();
        assertThat(summary(reset.body(), "tracker-pixel")).isEqualTo("{EMPTY=0, GOOD=3}");
        assertThat(states.run(400003, before).orElseThrow().runClass()).isEqualTo("Commissioning26");
        assertThat(states.run(400003, before)
                        .orElseThrow()
                        .rr()
                        .path("stop_reason")
                        .stringValue())
                .isEqualTo("beam dump");
        assertThat(Summary.status(states.dataset(DatasetKey.online(400003), before)
                        .orElseThrow()
                        .verdicts()
                        .lane("tracker-pixel")
                        .spans()
                        .getFirst()
                        .value()))
                .isEqualTo("BAD");
        String rows = manager()
                .post("/lumisections/get_rr_lumisection_history", "{\"run_number\":400003,\"dataset_name\":\"online\"}")
                .text();
        assertThat(rows).contains("manual bad");
    }

    @Test
    @Tag("R.15")
    @Order(19)
    void aRunMarkedSignificantIsJudged() {
        Answer marked = manager().post("/runs/mark_significant", number(400002));
        assertThat(marked.status()).as(marked.text()).isEqualTo(200);
        assertThat(marked.body().at("/rr_attributes/significant").booleanValue())
                .isTrue();
        for (String component : List.of("dt-dt", "tracker-pixel", "tracker-strip", "cms-cms")) {
            assertThat(summary(marked.body(), component)).isEqualTo("{EMPTY=0, GOOD=4}");
        }
        assertThat(manager().post("/runs/mark_significant", number(400002)).err())
                .contains("Run is already significant");
        assertThat(run(400002).at("/rr_attributes/significant").booleanValue()).isTrue();
    }

    @Test
    @Order(20)
    void whateverTheMonitoringSystemAnswersNothingChangesAndTheNextLookGoesOn() {
        OMS.put(400004, ScenarioRuns.beam(400004).put("last_update", "2026-05-04T08:00:00Z"), ScenarioRuns.allOn(6));
        long before = history.latest();
        double behind = behind();
        for (OmsDouble.Fault fault : OmsDouble.Fault.values()) {
            if (fault == OmsDouble.Fault.NONE) {
                continue;
            }
            OMS.misbehave(fault);
            if (fault == OmsDouble.Fault.OTHER_RUN || fault == OmsDouble.Fault.SHORT) {
                assertThat(poll.tick().orElseThrow().failed()).as("%s", fault).isPositive();
            } else {
                assertThatThrownBy(poll::tick).as("%s", fault).isInstanceOf(OmsUnavailableException.class);
            }
            Answer refresh = manager().post("/runs/refresh_run/400003", "");
            assertThat(refresh.status()).as(refresh.text()).isEqualTo(503);
            assertThat(refresh.err()).contains("monitoring system");
        }
        assertThat(history.latest()).isEqualTo(before);
        assertThat(behind()).as("no look in between counts").isGreaterThan(behind);
        OMS.misbehave(OmsDouble.Fault.NONE);
        assertThat(poll.tick().orElseThrow().failed()).isZero();
        assertThat(run(400004).at("/oms_attributes/ls_duration").intValue()).isEqualTo(6);
        assertThat(behind()).isBetween(0.0, 60.0);
    }

    /** As operators see it, in seconds. */
    private double behind() {
        return meters.get("colonnade.certification.oms.behind").gauge().value();
    }

    @Test
    @Tag("R.17")
    @Order(21)
    void aChangeThatSurroundsAnEarlierOneIsKeptWhole() {
        OMS.put(400005, ScenarioRuns.beam(400005).put("last_update", "2026-05-05T08:00:00Z"), dtOff(4, 4));
        poll.tick();
        OMS.put(400005, ScenarioRuns.beam(400005).put("last_update", "2026-05-05T09:00:00Z"), dtOff(3, 6));
        poll.tick();
        String body = "{\"run_number\":400005,\"dataset_name\":\"online\"}";
        JsonNode bits = manager()
                .post("/lumisections/oms_lumisection_ranges_by_dcs_bit", body)
                .body();
        assertThat(spans(bits.path("dtm_ready"))).containsExactly("1-2 true", "3-6 false", "7-10 true");
        JsonNode verdicts = manager()
                .post("/lumisections/rr_lumisection_ranges_by_component", body)
                .body();
        assertThat(spans(verdicts.path("dt-dt"))).containsExactly("1-2 GOOD", "3-6 BAD", "7-10 GOOD");
    }

    private static List<ObjectNode> dtOff(int from, int to) {
        List<ObjectNode> lumisections = ScenarioRuns.allOn(10);
        lumisections.subList(from - 1, to).forEach(ls -> ls.put("dtm_ready", false));
        return lumisections;
    }

    @Test
    @Order(22)
    void aBitIsAlsoCorrectedToFalse() {
        Answer edited = manager().put("/lumisections/edit_oms_lumisections", """
            {"run_number":400005,"dataset_name":"online","component":"bpix_ready","new_lumisection_range":
            {"start":2,"end":3,"status":"false","comment":"was in standby","cause":""}}
            """);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        JsonNode bits = manager()
                .post(
                        "/lumisections/oms_lumisection_ranges_by_dcs_bit",
                        "{\"run_number\":400005,\"dataset_name\":\"online\"}")
                .body();
        assertThat(spans(bits.path("bpix_ready"))).containsExactly("1-1 true", "2-3 false", "4-10 true");
    }

    @Test
    @Tag("R.24")
    @Order(23)
    void pagesOfAnySizeGiveTheSameListAlsoWhileOthersWrite() {
        for (int i = 0; i < 120; i++) {
            int number = 410_000 + i;
            OMS.put(
                    number,
                    ScenarioRuns.cosmic(number).put("last_update", "2026-05-06T08:00:00Z"),
                    ScenarioRuns.allOn(2));
        }
        assertThat(poll.tick().orElseThrow().failed()).isZero();
        String filter = "\"filter\":{\"run_number\":{\">=\":410000}},\"sortings\":[]";
        List<Integer> whole = numbers(list("{\"page\":0,\"page_size\":1000," + filter + "}"));
        assertThat(whole).hasSize(120);
        for (int size : List.of(7, 50, 120)) {
            var read = new ArrayList<Integer>();
            for (int page = 0; page * size < 120; page++) {
                manager().put("/manual_run_edit/400003/stop_reason", "{\"stop_reason\":\"" + size + " " + page + "\"}");
                read.addAll(numbers(list("{\"page\":" + page + ",\"page_size\":" + size + "," + filter + "}")));
            }
            assertThat(read).as("pages of " + size).isEqualTo(whole);
        }
        assertThat(list("{\"page\":99,\"page_size\":1000," + filter + "}")
                        .body()
                        .path("runs"))
                .isEmpty();
        assertThat(list("{\"page\":0,\"page_size\":1000000," + filter + "}").err())
                .contains("page_size");
    }

    private static List<Integer> numbers(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body()
                .path("runs")
                .valueStream()
                .map(r -> r.path("run_number").intValue())
                .toList();
    }

    @Test
    @Order(24)
    void aBodyOfFourHundredMegabytesIsRefused() throws IOException {
        for (String type : List.of("application/json", "text/plain")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(("""
                    POST /runregistry/runs_filtered_ordered HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: %s\r
                    Content-Length: 419430400\r
                    Expect: 100-continue\r
                    Connection: close\r
                    \r
                    """.formatted(type)).getBytes(StandardCharsets.US_ASCII));
                String head = "";
                byte[] buffer = new byte[4096];
                for (int read = 0;
                        read >= 0 && !head.contains("}");
                        read = socket.getInputStream().read(buffer)) {
                    head += new String(buffer, 0, read, StandardCharsets.UTF_8);
                }
                assertThat(head).contains("HTTP/1.1 413").contains("\"err\"");
            }
        }
    }

    @Test
    @Order(24)
    void aBodyThatNeverComesIsRefusedWithoutWaitingForIt() throws IOException {
        for (String path : List.of(
                "/runregistry/runs_filtered_ordered",
                "/runregistry/lumisections/edit_rr_lumisections",
                "/api/v1/certification/luminosity",
                "/api/v1/certification/configuration")) {
            boolean old = path.startsWith("/runregistry");
            String method = path.endsWith("configuration") || path.contains("edit_rr") ? "PUT" : "POST";
            String type = path.endsWith("luminosity")
                    ? "text/csv"
                    : path.endsWith("configuration") ? "application/yaml" : "application/json";
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream()
                        .write(("""
                            %s %s HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            Content-Type: %s\r
                            Content-Length: 419430400\r
                            \r
                            {"filter":\
                            """.formatted(method, path, managerToken, type)).getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(socket, path))
                        .as(path)
                        .startsWith("HTTP/1.1 413")
                        .contains(old ? "\"err\"" : "\"detail\"");
            }
        }
    }

    private static String answer(Socket socket, String path) throws IOException {
        String head = "";
        byte[] buffer = new byte[4096];
        try {
            while (!head.contains("}")) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                head += new String(buffer, 0, read, StandardCharsets.UTF_8);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError(path + " was not answered whole: " + head, e);
        }
        return head;
    }

    @Test
    @Tag("R.10")
    @Order(25)
    void rulesThatCannotBeMeantAreRefused() {
        long before = history.latest();
        String huge = "{\"and\":[" + "{\"==\":[1,1]},".repeat(30_000) + "true]}";
        Map<String, String> refused = Map.of(
                "not json",
                "JSON logic sent is not in json format",
                "{}",
                "Empty json logic sent",
                huge,
                "The rule has more than",
                "{\"!\":[".repeat(3_000) + "1" + "]}".repeat(3_000),
                "JSON logic sent is nested too deeply");
        refused.forEach((rule, reason) -> {
            Answer answer = generate(rule, "online");
            assertThat(answer.status()).as(reason).isEqualTo(422);
            assertThat(answer.err()).contains(reason);
        });
        assertThat(manager()
                        .post(
                                "/json_portal/generate",
                                "{\"json_logic\":{\"==\":[1,1]},\"dataset_name_filter\":\"online\"}")
                        .err())
                .isEqualTo("JSON logic sent is not in json format");
        assertThat(manager()
                        .post("/json_portal/generate", "{\"json_logic\":\"{\\\"==\\\":[1,1]}\"}")
                        .err())
                .isEqualTo("No dataset name specified");
        assertThat(manager()
                        .post(
                                "/json_portal/generate",
                                "{\"json_logic\":\"{\\\"==\\\":[1,1]}\",\"dataset_name_filter\":\"nothing\"}")
                        .err())
                .isEqualTo("No datasets matched that dataset name");
        assertThat(manager()
                        .post(
                                "/json_portal/generate",
                                "{\"json_logic\":\"{\\\"==\\\":[1,1]}\",\"dataset_name_filter\":\"((\"}")
                        .err())
                .contains("Not a pattern");
        Answer unknown = manager().post("/json_portal/json", "{\"id_json\":\"99999\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.err()).contains("99999");
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    @Tag("R.10")
    @Order(26)
    void anUnknownOperationIsToldByThePollAndInTheList() {
        Answer job = generate("{\"banana\":[1,1]}", "online");
        assertThat(job.status()).as(job.text()).isEqualTo(200);
        String id = "{\"id_json\":\"" + job.body().path("id").stringValue() + "\"}";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> manager().post("/json_portal/json", id).status() == 500);
        assertThat(manager().post("/json_portal/json", id).err()).contains("banana");
        JsonNode row = manager()
                .post("/json_portal/jsons", "{\"filter\":\"by_email\"}")
                .body()
                .at("/jsons/0");
        assertThat(row.path("failed").booleanValue()).isTrue();
        assertThat(row.path("failedReason").stringValue()).contains("banana");
    }

    /** Polls as the client does: 203 while it waits, 202 with its progress while it runs, 200 with the record. */
    private JsonNode finished(Answer job) {
        assertThat(job.status()).as(job.text()).isEqualTo(200);
        String id = "{\"id_json\":\"" + job.body().path("id").stringValue() + "\"}";
        var answers = new ArrayList<Answer>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            answers.add(manager().post("/json_portal/json", id));
            return answers.getLast().status() == 200;
        });
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isIn(200, 202, 203);
            assertThat(answer.status() == 202).isEqualTo(answer.body().has("progress"));
        });
        return answers.getLast().body().path("final_json");
    }

    private Answer generate(String rule, String names) {
        return manager()
                .post(
                        "/json_portal/generate",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("json_logic", rule)
                                .put("dataset_name_filter", names)
                                .toString());
    }

    private Answer edit(
            int run,
            String dataset,
            String component,
            int first,
            int last,
            String status,
            String comment,
            String cause) {
        return manager().put("/lumisections/edit_rr_lumisections", """
            {"run_number":%d,"dataset_name":"%s","component":"%s","new_lumisection_range":
            {"start":%d,"end":%d,"status":"%s","comment":"%s","cause":"%s"}}
            """.formatted(
                        run, dataset, component, first, last, status, comment, cause));
    }

    private JsonNode run(int number) {
        return manager().get("/runs/" + number).body();
    }

    private JsonNode get(String name) {
        return manager().post("/datasets/get_dataset", dataset(name)).body();
    }

    private static String dataset(String name) {
        return "{\"run_number\":400001,\"dataset_name\":\"" + name + "\"}";
    }

    private static String number(int run) {
        return "{\"run_number\":" + run + "}";
    }

    private Answer list(String body) {
        return manager().post("/runs_filtered_ordered", body);
    }

    private List<Integer> found(String filter) {
        Answer answer = list("{\"page\":0,\"page_size\":50,\"sortings\":[],\"filter\":" + filter + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body()
                .path("runs")
                .valueStream()
                .map(r -> r.path("run_number").intValue())
                .toList();
    }

    private static String summary(JsonNode run, String component) {
        var counts = new LinkedHashMap<String, Integer>();
        JsonNode summary = run.at("/DatasetTripletCache/triplet_summary").path(component);
        for (String status : List.of("EMPTY", "GOOD", "BAD", "STANDBY", "EXCLUDED", "NO VALUE FOUND")) {
            if (summary.has(status)) {
                counts.put(status, summary.path(status).intValue());
            }
        }
        return counts.toString();
    }

    private static List<String> states(JsonNode dataset) {
        return dataset.path("dataset_attributes").properties().stream()
                .filter(p -> p.getKey().endsWith("_state"))
                .map(p -> p.getValue().stringValue())
                .toList();
    }

    private static List<String> bounds(JsonNode rows) {
        return rows.valueStream()
                .map(r -> r.path("start").intValue() + "-" + r.path("end").intValue())
                .toList();
    }

    private static List<String> spans(JsonNode rows) {
        return rows.valueStream()
                .map(r -> r.path("start").intValue() + "-" + r.path("end").intValue() + " "
                        + r.path("status").asString(""))
                .toList();
    }
}
