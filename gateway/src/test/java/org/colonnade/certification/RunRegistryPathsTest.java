package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The less used paths of the Run Registry's interface, on the runs of the demonstration. */
@WithDemo
class RunRegistryPathsTest {

    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";
    private static final String EXPRESS = "/Express/Collisions2026/DQM";

    @Value("${local.server.port}")
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Roles roles;

    @Autowired
    PersonalTokens tokens;

    @Autowired
    Demo demo;

    @Autowired
    States states;

    @Autowired
    History history;

    private Registry manager;
    private Registry expert;
    private Registry guest;

    @BeforeEach
    void accounts() {
        demo.load();
        manager = as("Elena Petrova", "certification.data-manager", "certification.ingest");
        expert = as("Chiara Rossi", "certification.expert");
        guest = new Registry(port, null);
    }

    private Registry as(String name, String... granted) {
        return new Registry(port, Certifiers.token(jdbc, roles, tokens, name, granted));
    }

    @Test
    void noPathThatWritesIsOpenToStrangers() {
        long before = history.latest();
        List<Answer> answers = List.of(
                guest.post("/runs/", "{}"),
                guest.put("/automatic_run_update/401001", "{}"),
                guest.post("/runs/refresh_run/401001", ""),
                guest.post("/runs/reset_and_refresh_run/401001", ""),
                guest.post("/datasets", "{}"),
                guest.post("/datasets_accepted", "{}"),
                guest.put("/datasets_accepted/1", "{}"),
                guest.send("DELETE", "/datasets_accepted/1", null),
                guest.post("/json_classifiers/json_classifier", "{}"),
                guest.put("/json_classifiers/json_classifier/1", "{\"created_by\":\"\"}"),
                guest.send("DELETE", "/json_classifiers/json_classifier/1", null),
                guest.send("DELETE", "/classifiers/class/1", null),
                guest.post("/dataset_appeared_in_dbs", "{\"run_number\":401001}"),
                guest.post("/dc_tools/duplicate_datasets", """
                    {"filter":{},"source_dataset_name":"a","target_dataset_name":"/a/b/c","workspaces_to_duplicate_into":["dt"]}
                    """),
                guest.post("/dc_tools/dataset_column_batch_update", "{\"columns_to_update\":[\"dt-dt\"]}"),
                guest.post("/dc_tools/change_multiple_dataset_states/dt/OPEN/SIGNOFF", "{}"),
                guest.post("/dc_tools/change_multiple_dataset_states_in_all_workspaces/OPEN", "{}"),
                guest.send("DELETE", "/dc_tools/hide_datasets", "{}"),
                guest.post("/cycles", "{}"),
                guest.post("/cycles/move_all_datasets_to/dt", "{}"),
                guest.post("/auth/realms/cern/api-access/token", ""));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.text()).isEqualTo(401);
            assertThat(answer.err()).isNotBlank();
        });
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void aClassifierIsAddedEditedOnceAndDeleted() {
        Answer added = expert.post("/classifiers/class", """
            {"class":"Splash26","priority":9,"enabled":true,"classifier":{"if":[{"==":[{"var":"energy"},450]},true,false]}}
            """);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        int id = added.body().path("id").intValue();
        assertThat(added.body().path("classifier").stringValue()).contains("\"if\"");
        assertThat(added.body().path("created_by").stringValue()).isEqualTo("Chiara Rossi");
        assertThat(Instant.parse(added.body().path("createdAt").stringValue()))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        // when
        Answer edited = expert.put("/classifiers/class/" + id, "{\"priority\":8}");
        Answer again = expert.put("/classifiers/class/" + id, "{\"priority\":7}");
        // then
        assertThat(edited.body().path("priority").intValue()).isEqualTo(8);
        assertThat(edited.body().path("updated_by").stringValue()).isEqualTo("Chiara Rossi");
        assertThat(guest.get("/classifiers/class").body().valueStream())
                .as("what is shipped was brought by nobody")
                .anySatisfy(c -> assertThat(c.path("created_by").isNull()).isTrue());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.err()).contains("edit an item multiple times");
        int newId = edited.body().path("id").intValue();
        assertThat(newId).isGreaterThan(id);
        assertThat(expert.send("DELETE", "/classifiers/class/" + newId, null).status())
                .isEqualTo(200);
        assertThat(guest.get("/classifiers/class").body().valueStream())
                .extracting(c -> c.path("class").stringValue())
                .contains("Collisions26")
                .doesNotContain("Splash26");
    }

    @Test
    void aClassifierThatCannotBeMeantIsRefused() {
        long before = history.latest();
        for (String classifier : List.of(
                "\"{not json\"",
                "{\"banana\":[1]}",
                "{\"method\":[1,\"toString\"]}",
                "{\"!\":[".repeat(400) + "1" + "]}".repeat(400))) {
            Answer refused = expert.post(
                    "/classifiers/class", "{\"class\":\"X\",\"priority\":1,\"classifier\":" + classifier + "}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.err()).isNotBlank();
        }
        assertThat(expert.post("/classifiers/nothing", "{}").err()).contains("no category");
        assertThat(expert.post("/classifiers/component", """
            {"component":99999,"status":"GOOD","priority":1,"classifier":true}
            """).err()).contains("no component");
        assertThat(expert.post("/datasets_accepted", """
            {"name":"/A/B/C","class":"Collisions26","regexp":"(a+)+$","run_from":1,"run_to":2}
            """).err()).contains("costly");
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void componentClassifiersNameTheirColumn() {
        JsonNode online = guest.get("/classifiers/component/online").body();
        JsonNode dt = online.valueStream()
                .filter(c -> c.at("/WorkspaceColumn/name").stringValue().equals("dt"))
                .findFirst()
                .orElseThrow();
        assertThat(dt.at("/WorkspaceColumn/Workspace/online_or_offline").stringValue())
                .isEqualTo("online");
        JsonNode ofDt = guest.get("/classifiers/component/filter_by_component/"
                        + dt.path("component").intValue())
                .body();
        assertThat(ofDt).hasSize(3);
        assertThat(ofDt.valueStream())
                .extracting(c -> c.path("status").stringValue())
                .contains("GOOD", "BAD", "EXCLUDED");
    }

    @Test
    void datasetsAreAcceptedByRunsAndNames() {
        Answer added = manager.post("/datasets_accepted", """
            {"name":"/ReReco/Run2026A_UL/DQM","class":"Collisions26","regexp":"/ZeroBias/Run2026A-UL.*\\n /JetMET0/.*",
             "run_from":401000,"run_to":401005}
            """);
        assertThat(added.status()).as(added.text()).isEqualTo(403);
        added = expert.post("/datasets_accepted", """
            {"name":"/ReReco/Run2026A_UL/DQM","class":"Collisions26","regexp":"/ZeroBias/Run2026A-UL.*\\n /JetMET0/.*",
             "run_from":401000,"run_to":401005}
            """);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(added.body().path("regexp").stringValue()).isEqualTo("/ZeroBias/Run2026A-UL.*\n/JetMET0/.*");
        int id = added.body().path("id").intValue();
        Answer edited = expert.put("/datasets_accepted/" + id, "{\"enabled\":false}");
        assertThat(edited.body().path("enabled").booleanValue()).isFalse();
        assertThat(edited.body().path("run_to").intValue()).isEqualTo(401005);
        assertThat(guest.get("/datasets_accepted/Collisions26").body()).hasSize(3);
        int newId = edited.body().path("id").intValue();
        assertThat(expert.send("DELETE", "/datasets_accepted/" + newId, null).status())
                .isEqualTo(200);
        assertThat(guest.get("/datasets_accepted/Collisions26").body()).hasSize(2);
    }

    @Test
    void aStoredRuleBelongsToWhoMadeIt() {
        Registry other = as("Jonas Weber");
        Answer added = other.post("/json_classifiers/json_classifier", """
            {"name":"Mine","created_by":"somebody else","classifier":"{\\"==\\":[{\\"var\\":\\"run.rr.class\\"},\\"X\\"]}"}
            """);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(added.body().path("created_by").stringValue()).isEqualTo("Jonas Weber");
        String path =
                "/json_classifiers/json_classifier/" + added.body().path("id").intValue();
        Registry stranger = as("Amira Haddad");
        assertThat(stranger.put(path, "{\"name\":\"Hers\",\"created_by\":\"Amira Haddad\"}")
                        .status())
                .isEqualTo(403);
        assertThat(stranger.send("DELETE", path, null).status()).isEqualTo(403);
        assertThat(other.send("DELETE", path, null).status()).isEqualTo(200);
    }

    @Test
    void aDatasetIsDuplicatedWithWhatItHolds() {
        DatasetKey source = opened(0);
        Answer made =
                manager.post("/dc_tools/duplicate_datasets", """
                    {"filter":{"run_number":%d,"name":"%s"},"source_dataset_name":"%s",
                     "target_dataset_name":"/ReReco/Copy_%d/DQM","workspaces_to_duplicate_into":["tracker"]}
                    """.formatted(source.run(), PROMPT, PROMPT, source.run()));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        JsonNode copy = made.body().get(0);
        assertThat(copy.path("dataset_attributes").propertyNames())
                .contains("global_state", "tracker_state")
                .doesNotContain("dt_state");
        var original = states.dataset(source, States.NOW).orElseThrow();
        var key = new DatasetKey(source.run(), "/ReReco/Copy_" + source.run() + "/DQM");
        var now = states.dataset(key, States.NOW).orElseThrow();
        assertThat(now.verdicts()).isEqualTo(original.verdicts());
        assertThat(now.bits()).isEqualTo(original.bits());
        Answer again =
                manager.post("/dc_tools/duplicate_datasets", """
                    {"filter":{"run_number":%d,"name":"%s"},"source_dataset_name":"%s",
                     "target_dataset_name":"/ReReco/Copy_%d/DQM","workspaces_to_duplicate_into":["tracker"]}
                    """.formatted(source.run(), PROMPT, PROMPT, source.run()));
        assertThat(again.err()).contains("already exists");
        Answer hidden = manager.send("DELETE", "/dc_tools/hide_datasets", """
            {"filter":{"name":"%s"},"reason_for_hiding":"only a copy"}
            """.formatted(key.name()));
        assertThat(hidden.status()).as(hidden.text()).isEqualTo(200);
        assertThat(states.dataset(key, States.NOW).orElseThrow().deleted()).isTrue();
    }

    @Test
    void aColumnIsSetAndCopiedOverManyDatasetsInOneVersion() {
        int first = opened(1).run();
        int second = opened(2).run();
        String both = "{\"run_number\":{\"or\":[{\"=\":%d},{\"=\":%d}]},\"name\":{\"or\":[%s]}}";
        String prompt = both.formatted(first, second, "{\"=\":\"" + PROMPT + "\"}");
        String pairs = both.formatted(first, second, "{\"=\":\"" + PROMPT + "\"},{\"=\":\"" + EXPRESS + "\"}");
        long before = history.latest();
        Answer set = manager.post("/dc_tools/dataset_column_batch_update", """
            {"filter":%s,"columns_to_update":["tau-tau"],"new_status":"BAD"}
            """.formatted(prompt));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        assertThat(set.body()).hasSize(2);
        assertThat(history.latest()).isEqualTo(before + 1);
        Answer copied = manager.post("/dc_tools/copy_column_from_datasets", """
            {"filter":%s,"source_dataset_name":"%s","target_dataset_name":"%s","columns_to_copy":["tau-tau"]}
            """.formatted(pairs, PROMPT, EXPRESS));
        assertThat(copied.status()).as(copied.text()).isEqualTo(200);
        assertThat(statuses(new DatasetKey(second, EXPRESS), "tau-tau")).containsOnly("BAD");
        Answer incomplete = manager.post("/dc_tools/copy_column_from_datasets", """
            {"filter":%s,"source_dataset_name":"%s","target_dataset_name":"%s","columns_to_copy":["tau-tau"]}
            """.formatted(prompt, PROMPT, EXPRESS));
        assertThat(incomplete.err()).contains("must give");
        assertThat(manager.post("/dc_tools/dataset_column_batch_update", """
            {"filter":{"name":"nothing"},"columns_to_update":["tau-tau"],"new_status":"BAD"}
            """).err())
                .contains("No dataset");
    }

    @Test
    void manyDatasetsChangeStateTogetherAndWhatACycleCompletedStays() {
        DatasetKey open = opened(3);
        String filter = "{\"filter\":{\"run_number\":%d,\"name\":\"%s\"}}".formatted(open.run(), PROMPT);
        Answer moved = manager.post("/dc_tools/change_multiple_dataset_states/jetmet/OPEN/SIGNOFF", filter);
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.body().at("/0/dataset_attributes/jetmet_state").stringValue())
                .isEqualTo("SIGNOFF");
        assertThat(manager.post("/dc_tools/change_multiple_dataset_states/jetmet/OPEN/SIGNOFF", filter)
                        .body())
                .isEmpty();
        assertThat(manager.post("/dc_tools/change_multiple_dataset_states/nowhere/OPEN/SIGNOFF", filter)
                        .err())
                .contains("no offline workspace");
        // what a cycle has completed
        JsonNode completed = completedCycle().at("/datasets/0");
        String done = "{\"run_number\":%d,\"dataset_name\":\"%s\"}"
                .formatted(completed.path("run_number").intValue(), PROMPT);
        Answer refused = manager.post("/datasets/dt/move_dataset/COMPLETED/OPEN", done);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.err()).contains("already completed");
        Answer everywhere = manager.post(
                "/dc_tools/change_multiple_dataset_states_in_all_workspaces/OPEN",
                "{\"filter\":{\"run_number\":%d,\"name\":\"%s\"}}"
                        .formatted(completed.path("run_number").intValue(), PROMPT));
        assertThat(everywhere.err()).contains("already completed");
        Answer all = manager.post("/dc_tools/change_multiple_dataset_states_in_all_workspaces/SIGNOFF", filter);
        assertThat(all.body().at("/0/dataset_attributes/ecal_state").stringValue())
                .isEqualTo("SIGNOFF");
    }

    @Test
    void theDatasetsOfACycleMoveTogether() {
        JsonNode pending = guest.get("/cycles/global")
                .body()
                .valueStream()
                .filter(c -> c.path("cycle_name").stringValue().startsWith("Week 20"))
                .findFirst()
                .orElseThrow();
        int id = pending.path("id_cycle").intValue();
        Answer moved = manager.post(
                "/cycles/move_all_datasets_to/btag", "{\"id_cycle\":" + id + ",\"to_state\":\"COMPLETED\"}");
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.body()).hasSize(pending.path("datasets").size());
        Answer complete = manager.put("/cycles/mark_cycle_complete/btag", "{\"id_cycle\":" + id + "}");
        assertThat(complete.body().at("/cycle_attributes/btag_state").stringValue())
                .isEqualTo("completed");
        assertThat(manager.put("/cycles/mark_cycle_complete/global", "{\"id_cycle\":" + id + "}")
                        .err())
                .contains("not completed");
        assertThat(manager.put("/cycles/mark_cycle_pending/btag", "{\"id_cycle\":" + id + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void datasetsAreExportedForSpreadsheets() {
        Answer answer = guest.post("/datasets/export_to_csv", """
            {"filter":{"name":"%s"},"columns":["tracker-pixel"],"sortings":[["run_number","ASC"]]}
            """.formatted(PROMPT));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> lines = answer.body().stringValue().lines().toList();
        assertThat(lines.getFirst())
                .startsWith("run_number,dataset_name,class,stop_reason,short_run,ls_duration,appeared_in,btag_state")
                .endsWith("tracker-pixel,oms_attributes");
        assertThat(lines).hasSizeGreaterThan(20);
        assertThat(lines.get(1)).startsWith("401005," + PROMPT + ",Collisions26,recovery of the pixel detector,,359");
    }

    @Test
    void whatWaitsIsListedAndWhereADatasetAppearedIsNoted() {
        JsonNode waiting = guest.get("/datasets_waiting").body();
        assertThat(waiting).isNotEmpty();
        assertThat(waiting.valueStream())
                .allSatisfy(
                        d -> assertThat(d.at("/dataset_attributes/global_state").stringValue())
                                .isEqualTo("waiting dqm gui"));
        String body = "{\"run_number\":%d,\"dataset_name\":\"%s\"}"
                .formatted(
                        waiting.at("/0/run_number").intValue(),
                        waiting.at("/0/name").stringValue());
        Answer appeared = manager.post("/dataset_appeared_in_dbs", body);
        assertThat(appeared.body().at("/dataset_attributes/appeared_in/0").stringValue())
                .isEqualTo("DBS");
        Answer recalculated = guest.put("/recalculate_cache_for_specific_dataset", body);
        assertThat(recalculated.body().path("version").longValue())
                .isEqualTo(appeared.body().path("version").longValue());
    }

    @Test
    void lumisectionsOfAFileAreShownWithTheirLuminosity() {
        DatasetKey key = opened(0);
        Answer luminosity = guest.post(
                "/lumisections/get_luminosity_of_json_with_dataset_names", """
                    {"json_with_dataset_names":{"%s":[[30,31]],"%d-online":[[30,31]]}}
                    """.formatted(key.text(), key.run()));
        assertThat(luminosity.status()).as(luminosity.text()).isEqualTo(200);
        assertFullCache(key);
        double recorded = luminosity.body().path(key.text()).doubleValue();
        assertThat(recorded).isPositive();
        assertThat(luminosity.body().path(key.run() + "-online").doubleValue()).isEqualTo(recorded);
        Answer data =
                guest.post("/lumisections/get_data_of_json", "{\"json\":{\"%s\":[[30,31]]}}".formatted(key.text()));
        assertThat(data.body().path("total_recorded_luminosity").doubleValue()).isEqualTo(recorded);
        JsonNode lumisection =
                data.body().path("json_with_data").path(key.text()).path("30");
        assertThat(lumisection.at("/lumisection/oms/cms_active").booleanValue()).isTrue();
        assertThat(lumisection.at("/run/run_number").intValue()).isEqualTo(key.run());
        assertThat(guest.post("/lumisections/get_data_of_json", "{\"json\":{\"nonsense\":[[1,2]]}}")
                        .err())
                .contains("is not a run and a dataset");
    }

    @Test
    void aRuleIsTriedOutAndExplained() {
        Answer onRun = guest.post("/classifier_playground", """
            {"run":{"run_number":401005},"classifier":"{\\"if\\":[{\\"and\\":[{\\"==\\":[{\\"var\\":\\"stable_beam\\"},true]},\
            {\\">\\":[{\\"var\\":\\"energy\\"},7000]}]},true,false]}"}
            """);
        assertThat(onRun.status()).as(onRun.text()).isEqualTo(200);
        assertThat(onRun.body().at("/result/0/1/resulted_value").booleanValue()).isFalse();
        assertThat(onRun.body().at("/result/0/0/and/0/1/resulted_value").booleanValue())
                .isTrue();
        assertThat(onRun.body().at("/data/cms_active").booleanValue()).isTrue();
        Answer arbitrary = guest.post("/classifier_playground_arbitrary", """
            {"data":{"lumisection":{"rr":{"dt-dt":"BAD"}}},
             "json_logic":"{\\"if\\":[{\\"and\\":[{\\"==\\":[{\\"var\\":\\"lumisection.rr.dt-dt\\"},\\"GOOD\\"]}]}]}"}
            """);
        assertThat(arbitrary.body().path("result").toString()).isEqualTo("""
            [[{"and":[[{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]},{"resulted_value":false}]]},{"resulted_value":false}]]\
            """);
        Answer lumisection = guest.post("/classifier_playground/test_lumisection", """
            {"run_number":401005,"name":"online","lumisection_number":31,
             "json_logic":"{\\"==\\":[{\\"var\\":\\"lumisection.rr.csc-csc\\"},\\"BAD\\"]}"}
            """);
        assertThat(lumisection.body().at("/result/0/1/resulted_value").booleanValue())
                .as(lumisection.text())
                .isTrue();
        assertThat(guest.get("/classifier_playground/run_info/401005")
                        .body()
                        .path("class")
                        .stringValue())
                .isEqualTo("Collisions26");
    }

    @Test
    void theOlderWayOfAskingForAGoldenFileGivesWhatTheRuleSays() {
        var key = new DatasetKey(401005, PROMPT);
        String online = """
            {"and":[{"==":[{"var":"dataset.name"},"online"]},{"==":[{"var":"run.run_number"},%d]},
            {"in":["COLLISIONS",{"var":"run.oms.HLT_KEY"}]},
            {"or":[{"==":[{"var":"lumisection.rr.tracker-pixel"},"STANDBY"]},
                   {"==":[{"var":"lumisection.rr.tracker-strip"},"STANDBY"]}]}]}
            """.formatted(key.run());
        Answer found = guest.post("/json_creation/generate", "{\"json_logic\":" + online + "}");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        assertThat(found.body().path("dataset_in_run_in_json").toString())
                .isEqualTo("{\"" + key.run() + "\":\"online\"}");
        assertThat(found.body().path("final_json").path(Integer.toString(key.run())))
                .isNotEmpty();
        // several datasets of one run
        Answer several = guest.post("/json_creation/generate", """
            {"json_logic":{"and":[{"==":[{"var":"run.run_number"},%d]},{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]}]}}
            """.formatted(key.run()));
        assertThat(several.err()).contains("mutliple datasets");
        // what would paste values into SQL
        Answer hostile = guest.post("/json_creation/generate", """
            {"json_logic":{"==":[{"var":"dataset.name"},"x' or 1=1 --"]}}
            """);
        assertThat(hostile.body().path("final_json")).isEmpty();
        assertThat(guest.post("/json_creation/generate", "{\"json_logic\":{\"cat\":[1]}}")
                        .err())
                .contains("cat");
        // losses
        Answer losses = guest.post("/visualization/generate", """
            {"denominator_logic":{"and":[{"==":[{"var":"dataset.name"},"online"]},{"==":[{"var":"run.run_number"},%d]}]},
             "golden_logic":{"and":[{"==":[{"var":"dataset.name"},"online"]},{"==":[{"var":"run.run_number"},%d]},
             {"==":[{"var":"lumisection.rr.tracker-pixel"},"GOOD"]}]}}
            """.formatted(key.run(), key.run()));
        assertThat(losses.status()).as(losses.text()).isEqualTo(200);
        assertThat(losses.body().path("recorded_luminosity_lost").doubleValue()).isPositive();
        assertThat(losses.body().path("rules_flagged_false_quantity").toString())
                .contains("tracker-pixel");
    }

    @Test
    void productionScriptsFetchTheirTokenAtOurDoor() throws Exception {
        String token = Certifiers.token(jdbc, roles, tokens, "Kenji Sato");
        Answer issued = new Registry(port, token).post("/auth/realms/cern/api-access/token", "");
        assertThat(issued.status()).isEqualTo(422);
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var response = client.send(
                    java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                                    "http://localhost:" + port + "/runregistry/auth/realms/cern/api-access/token"))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + java.util.Base64.getEncoder()
                                                    .encodeToString(("kenji:" + token)
                                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                    "grant_type=client_credentials&audience=cmsrunregistry-sso-proxy"))
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body()).contains("\"access_token\":\"" + token).contains("\"expires_in\":1200");
        }
    }

    /** Every lumisection of every bit is in one of the lists, as the summary counts them. */
    private void assertFullCache(DatasetKey key) {
        JsonNode cache = guest.post(
                        "/datasets/get_dataset",
                        "{\"run_number\":%d,\"dataset_name\":\"%s\"}".formatted(key.run(), key.name()))
                .body()
                .path("DatasetTripletCache");
        JsonNode ranges = cache.path("dcs_ranges");
        assertThat(ranges.at("/all_lumisections/TRUE/0/1").intValue())
                .isEqualTo(cache.at("/dcs_summary/ls_duration/TRUE").intValue());
        assertThat(ranges.has("recorded")).isFalse();
        cache.path("dcs_summary").properties().forEach(bit -> {
            if (!bit.getKey().equals("ls_duration")) {
                bit.getValue()
                        .properties()
                        .forEach(count -> assertThat(ranges.path(bit.getKey())
                                        .path(count.getKey())
                                        .valueStream()
                                        .mapToInt(r ->
                                                r.get(1).intValue() - r.get(0).intValue() + 1)
                                        .sum())
                                .as(bit.getKey() + " " + count.getKey())
                                .isEqualTo(count.getValue().intValue()));
            }
        });
    }

    /** An open offline dataset that no cycle has completed. */
    private DatasetKey opened(int index) {
        JsonNode list =
                guest.post("/datasets_filtered_ordered", """
                    {"page":0,"page_size":20,"sortings":[["run_number","ASC"]],
                     "filter":{"name":"%s","dataset_attributes.dt_state":"OPEN"}}
                    """.formatted(PROMPT)).body();
        return new DatasetKey(
                list.path("datasets").get(index).path("run_number").intValue(), PROMPT);
    }

    private JsonNode completedCycle() {
        return guest.get("/cycles/dt")
                .body()
                .valueStream()
                .filter(c -> c.at("/cycle_attributes/dt_state").stringValue().equals("completed"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> statuses(DatasetKey key, String component) {
        return states.dataset(key, States.NOW).orElseThrow().verdicts().lane(component).spans().stream()
                .map(s -> Summary.status(s.value()))
                .toList();
    }
}
