package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.States;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The registry's own interface, on the runs of the demonstration. */
@WithDemo
class CertificationApiTest {

    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";
    private static final String PIXEL_RULE = "{\"==\":[{\"var\":\"lumisection.rr.tracker-pixel\"},\"GOOD\"]}";

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

    private Registry admin;
    private Registry expert;
    private Registry user;

    @BeforeEach
    void accounts() {
        demo.load();
        admin = as("Ada Admin", "admin");
        expert = as("Kenji Sato", "certification.expert");
        user = as("Ulla User");
    }

    private Registry as(String name, String... granted) {
        return new Registry(port, Certifiers.token(jdbc, roles, tokens, name, granted), "/api/v1/certification");
    }

    @Test
    void aRunIsJudgedEditedSignedOffAndOpenedAgain() {
        JsonNode row = admin.get("/runs?size=1&sort=-run_number&filter="
                        + encoded("{\"rr_attributes.state\":\"OPEN\",\"triplet_summary.dt-dt.GOOD\":{\">\":5}}"))
                .body()
                .at("/items/0");
        String run = "/runs/" + row.path("run").intValue();
        long seen = admin.get(run + "/datasets").body().path("version").longValue();
        String verdict =
                "{\"components\":[\"dt-dt\",\"csc-csc\"],\"lumisections\":%s,\"status\":\"%s\",\"comment\":\"%s\",\"seen\":%d}";
        // a verdict over two ranges and two components is one act
        Answer judged = admin.post(run + "/verdicts", verdict.formatted("[[1,2],[4,4]]", "STANDBY", "ramping", seen));
        assertThat(judged.status()).as(judged.text()).isEqualTo(200);
        JsonNode verdicts = admin.get(run + "/datasets").body().path("verdicts");
        assertThat(verdicts.at("/dt-dt/0").toString())
                .startsWith("[1,2,{\"status\":\"STANDBY\",\"comment\":\"ramping\"");
        assertThat(verdicts.path("csc-csc").toString()).contains("[4,4,{\"status\":\"STANDBY\"");
        // who looked before is refused, and so is what pages refuse; nothing of it is written
        long written = history.latest();
        Answer late = admin.post(run + "/verdicts", verdict.formatted("[[1,1]]", "GOOD", "", seen));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("changed by somebody else meanwhile");
        long now = judged.body().path("version").longValue();
        assertThat(admin.post(run + "/verdicts", verdict.formatted("[[1,1],[3,99999]]", "GOOD", "", now))
                        .status())
                .isEqualTo(422);
        assertThat(admin.post(run + "/verdicts", verdict.formatted("[[1,1]]", "BAD", "", now))
                        .detail())
                .contains("comment");
        assertThat(admin.post(run + "/verdicts", verdict.formatted("[[2,1]]", "GOOD", "", now))
                        .status())
                .isEqualTo(422);
        assertThat(history.latest()).isEqualTo(written);
        // a bit, attributes
        assertThat(admin.post(
                                run + "/bits",
                                "{\"bit\":\"dtm_ready\",\"lumisections\":[[2,3]],\"on\":false,\"comment\":\"seen in the log\"}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.get(run + "/datasets").body().at("/bits/dtm_ready").toString())
                .contains("[2,3,false]");
        Answer edited = admin.send("PATCH", run, "{\"stop_reason\":\"beam dump\",\"short_run\":true}");
        assertThat(edited.body().at("/rr/stop_reason").asString())
                .as(edited.text())
                .isEqualTo("beam dump");
        assertThat(edited.body().at("/rr/short_run").booleanValue()).isTrue();
        assertThat(admin.send("PATCH", run, "{}").status()).isEqualTo(400);
        // to and fro
        Answer unknown = admin.post(run + "/state", "{\"state\":\"PERFECT\"}");
        assertThat(unknown.status()).isEqualTo(422);
        Answer stale = admin.post(run + "/state", "{\"state\":\"COMPLETED\",\"seen\":1}");
        assertThat(stale.status()).isEqualTo(409);
        for (String state : List.of("COMPLETED", "OPEN")) {
            Answer moved = admin.post(run + "/state", "{\"state\":\"" + state + "\"}");
            assertThat(moved.body().at("/rr/state").asString()).as(moved.text()).isEqualTo(state);
        }
        assertThat(admin.post(run + "/state", "{\"state\":\"OPEN\"}").detail()).contains("already in state");
    }

    @Test
    void aCycleIsMadeFilledCompletedAndDeleted() {
        JsonNode rows = admin.get("/datasets?size=2&filter="
                        + encoded("{\"name\":\"" + PROMPT + "\",\"dataset_attributes.dt_state\":\"OPEN\"}"))
                .body()
                .path("items");
        String first = "{\"run\":" + rows.at("/0/run") + ",\"name\":\"" + PROMPT + "\"";
        String second = "{\"run\":" + rows.at("/1/run") + ",\"name\":\"" + PROMPT + "\"}";
        String cycle = "{\"name\":\"By script\",\"deadline\":\"2026-06-01T12:00:00Z\",\"datasets\":[" + first + "}]}";
        Answer made = admin.post("/cycles", cycle);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.body().at("/states/dt").asString()).isEqualTo("pending");
        String path = "/cycles/" + made.body().path("id");
        long seen = made.body().path("version").longValue();
        assertThat(admin.post("/cycles", cycle).status()).isEqualTo(409);
        // filled; who looked before is refused
        Answer filled = admin.post(path + "/datasets", "{\"datasets\":[" + second + "],\"seen\":" + seen + "}");
        assertThat(filled.body().path("datasets")).as(filled.text()).hasSize(2);
        assertThat(admin.put(path, "{\"name\":\"Mine\",\"seen\":" + seen + "}").status())
                .isEqualTo(409);
        assertThat(admin.put(path, "{\"deadline\":\"soon\"}").status()).isEqualTo(400);
        assertThat(admin.put(path, "{\"name\":\"Renamed\"}").body().path("name").asString())
                .isEqualTo("Renamed");
        assertThat(admin.send("DELETE", path + "/datasets", "{\"datasets\":[" + second + "]}")
                        .body()
                        .path("datasets"))
                .hasSize(1);
        // completed in a workspace, once its datasets are
        String complete = "{\"workspace\":\"dt\",\"state\":\"completed\"}";
        assertThat(admin.post(path + "/state", complete).status()).isEqualTo(409);
        String move = first + ",\"workspace\":\"dt\",\"state\":\"COMPLETED\",\"seen\":%s}";
        assertThat(admin.post(path + "/datasets/state", move.formatted("1")).status())
                .isEqualTo(409);
        Answer moved = admin.post(path + "/datasets/state", move.formatted(rows.at("/0/version")));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(admin.post(path + "/state", complete).body().at("/states/dt").asString())
                .isEqualTo("completed");
        String dataset = "/runs/" + rows.at("/0/run") + "/datasets/state";
        String open = "{\"dataset\":\"" + PROMPT + "\",\"workspace\":\"dt\",\"state\":\"OPEN\"}";
        assertThat(admin.post(dataset, open).detail()).contains("belongs to cycle Renamed");
        assertThat(admin.post(path + "/state", "{\"workspace\":\"dt\",\"state\":\"pending\"}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.post(dataset, open).body().at("/attributes/dt_state").asString())
                .isEqualTo("OPEN");
        assertThat(admin.send("DELETE", path, "").status()).isEqualTo(200);
        assertThat(admin.post(path + "/state", complete).status()).isEqualTo(404);
    }

    @Test
    void listsTellWhenDatasetsWereMadeNowAndInThePast() {
        String day = "{\"and\":[{\"created\":{\"like\":\"2026-05-05%\"}},{\"name\":{\"<>\":\"online\"}}]}";
        Answer now = user.get("/datasets?sort=created&filter=" + encoded(day));
        List<String> times = now.body()
                .path("items")
                .valueStream()
                .map(item -> item.path("created").asString())
                .toList();
        assertThat(times).as(now.text()).isNotEmpty().isSorted().allMatch(time -> time.startsWith("2026-05-05T"));
        // the time is that of the version that made it, and a version before knows nothing of it
        long made = history.at(Instant.parse(times.getFirst()).plusSeconds(1));
        assertThat(user.get("/datasets?filter=" + encoded(day) + "&asOf=" + made)
                        .body()
                        .path("count")
                        .intValue())
                .isBetween(1, times.size());
        assertThat(user.get("/datasets?filter=" + encoded(day) + "&asOf="
                                + history.at(Instant.parse(times.getFirst()).minusSeconds(1)))
                        .body()
                        .path("count")
                        .intValue())
                .isZero();
    }

    @Test
    void tablesShowThePastAndOfferNoActsThere() {
        var pages = new Registry(port, Certifiers.token(jdbc, roles, tokens, "Ada Admin", "admin"), "/certification");
        for (String table : List.of("/online/global", "/offline/global", "/ml/global")) {
            String now = pages.get(table + "?size=250").text();
            Answer then = pages.get(table + "?size=250&asOf=60");
            assertThat(then.status()).as(then.text()).isEqualTo(200);
            assertThat(now).contains(">401101<").doesNotContain("This is the past");
            assertThat(then.text())
                    .contains("This is the past", ">401018<", "/certification/runs/401018?")
                    .containsPattern("/certification/runs/401018[^\"]*asOf=60")
                    .doesNotContain(">401101<")
                    .doesNotContain("name=\"act\"");
            assertThat(pages.get(table + "?asOf=nonsense").status()).isEqualTo(400);
        }
        assertThat(pages.get("/offline/global/datasets.csv?asOf=60").text())
                .contains("401018")
                .doesNotContain("401101");
    }

    @Test
    void theTableOfSignificantRunsHasItsOwnNameAndAddressNextToThatOfAll() {
        var pages = new Registry(port, null, "/certification");
        String all = pages.get("/online/global?size=250").text();
        String significant =
                pages.get("/online/global?size=250&f.significant=yes").text();
        assertThat(all).contains("<h1>Online runs</h1>", "f.significant=yes");
        assertThat(significant)
                .contains("<h1>Significant runs</h1>", "<title>Significant runs: global", ">All runs</a>");
        int dull = admin.get("/runs?size=1&filter=" + encoded("{\"rr_attributes.significant\":false}"))
                .body()
                .at("/items/0/run")
                .intValue();
        assertThat(all).contains(">" + dull + "<");
        assertThat(significant).doesNotContain(">" + dull + "<");
    }

    @Test
    void aGoldenFileIsMadeAgainComparedAndExplained() {
        JsonNode file = golden(PIXEL_RULE, PROMPT);
        int id = file.path("id").intValue();
        // made again, whatever was said since
        Answer again = user.get("/golden/" + id + "/regenerated");
        assertThat(again.body().path("same").booleanValue()).as(again.text()).isTrue();
        // compared with a stricter one
        JsonNode stricter = golden(
                "{\"and\":[" + PIXEL_RULE + ",{\"==\":[{\"var\":\"lumisection.rr.csc-csc\"},\"GOOD\"]}]}", PROMPT);
        Answer difference = user.post(
                "/golden/" + id + "/difference",
                "{\"other\":" + stricter.path("id").intValue() + "}");
        assertThat(difference.body().path("added")).as(difference.text()).isEmpty();
        double lost = file.at("/result/recorded_luminosity_in_json").doubleValue()
                - stricter.at("/result/recorded_luminosity_in_json").doubleValue();
        assertThat(difference.body().path("removedLuminosity").doubleValue()).isCloseTo(lost, within(1e-6));
        Answer itself =
                user.post("/golden/" + id + "/difference", "{\"json\":" + file.at("/result/generated_json") + "}");
        assertThat(itself.body().path("runs").intValue()).isZero();
        // one lumisection explained
        String run =
                stricter.at("/result/generated_json").propertyNames().iterator().next();
        Answer explained = user.get("/golden/" + id + "/explanation?run=" + run + "&dataset=" + PROMPT + "&lumisection="
                + stricter.at("/result/generated_json").path(run).get(0).get(0).intValue());
        assertThat(explained.body().path("good").booleanValue())
                .as(explained.text())
                .isTrue();
        assertThat(explained.body().at("/explained/0/1/resulted_value").booleanValue())
                .isTrue();
    }

    @Test
    void whatIfThePixelsHadBeenGood() {
        JsonNode file = golden(PIXEL_RULE, PROMPT);
        String path = "/golden/" + file.path("id").intValue() + "/what-if";
        long before = history.latest();
        Answer all = user.post(path, "{\"assumptions\":[{\"component\":\"tracker-pixel\",\"status\":\"GOOD\"}]}");
        assertThat(all.status()).as(all.text()).isEqualTo(200);
        assertThat(all.body().path("gained").doubleValue())
                .isCloseTo(file.at("/result/total_recorded_luminosity_lost").doubleValue(), within(1e-6));
        assertThat(all.body().path("removed")).isEmpty();
        String run = all.body().path("added").propertyNames().iterator().next();
        Answer one = user.post(path, """
            {"assumptions":[{"component":"tracker-pixel","status":"GOOD","run":%s,"lumisections":[[1,3]]}]}
            """.formatted(run));
        assertThat(one.body().path("added").toString()).isEqualTo("{\"" + run + "\":[[1,3]]}");
        assertThat(one.body().path("gained").doubleValue())
                .isPositive()
                .isLessThan(all.body().path("gained").doubleValue());
        assertThat(history.latest()).isEqualTo(before);
        assertThat(user.post(path, "{\"assumptions\":[{\"component\":\"tracker-pixel\",\"status\":\"PERFECT\"}]}")
                        .status())
                .isEqualTo(400);
        assertThat(user.post(path, "{\"assumptions\":[]}").status()).isEqualTo(400);
    }

    @Test
    void severalDatasetsOfARunAreRefusedUnlessOneSaysWhatIsMeant() {
        JsonNode refused = finished("""
            {"rule":%s,"datasets":"/(PromptReco|Express)/Collisions2026A?/DQM"}
            """.formatted(PIXEL_RULE));
        assertThat(refused.path("state").stringValue()).isEqualTo("failed");
        assertThat(refused.path("reason").stringValue())
                .contains("Run 4010")
                .contains(PROMPT)
                .contains("/Express/Collisions2026/DQM");
        JsonNode union = finished("""
            {"rule":%s,"datasets":"/(PromptReco|Express)/Collisions2026A?/DQM","several":"union"}
            """.formatted(PIXEL_RULE));
        JsonNode intersection = finished("""
            {"rule":%s,"datasets":"/(PromptReco|Express)/Collisions2026A?/DQM","several":"intersection"}
            """.formatted(PIXEL_RULE));
        assertThat(union.at("/result/warnings")).isNotEmpty();
        assertThat(intersection.at("/result/recorded_luminosity_in_json").doubleValue())
                .isLessThanOrEqualTo(
                        union.at("/result/recorded_luminosity_in_json").doubleValue());
        assertThat(user.post("/golden", """
            {"rule":%s,"datasets":"%s","official":true}
            """.formatted(PIXEL_RULE, PROMPT)).status())
                .isEqualTo(403);
    }

    @Test
    void aChangedRuleIsTriedOverPastRunsBeforeItCounts() {
        JsonNode rule = user.get("/configuration/components")
                .body()
                .valueStream()
                .filter(c -> c.path("component").stringValue().equals("tracker-pixel")
                        && c.path("area").stringValue().equals("online")
                        && c.path("status").stringValue().equals("STANDBY"))
                .findFirst()
                .orElseThrow();
        int id = rule.path("id").intValue();
        long before = history.latest();
        Answer effect = user.post("/configuration/dry-run", """
            {"part":"components","id":%d,"item":{"area":"online","component":"tracker-pixel","status":"BAD","priority":3,
             "enabled":true,"rule":%s}}
            """.formatted(id, rule.path("rule")));
        assertThat(effect.status()).as(effect.text()).isEqualTo(200);
        assertThat(effect.body().path("runs").intValue()).isGreaterThan(40);
        assertThat(effect.body().at("/lumisections/tracker-pixel").toString()).contains("STANDBY → BAD");
        assertThat(effect.body().path("lumisections").propertyNames()).allMatch(c -> c.contains("tracker-pixel"));
        assertThat(effect.body().at("/examples/0/verdicts")).isNotEmpty();
        assertThat(history.latest()).isEqualTo(before);
        // a class rule
        Answer classes = user.post("/configuration/dry-run", """
            {"part":"classes","item":{"runClass":"Splash26","priority":0,"enabled":true,"rule":{"==":[{"var":"energy"},450]}},
             "runs":{"rr_attributes.class":"Commissioning26"}}
            """);
        assertThat(classes.body().path("changed").intValue())
                .as(classes.text())
                .isEqualTo(classes.body().path("runs").intValue())
                .isPositive();
        assertThat(classes.body().at("/examples/0/classAfter").stringValue()).isEqualTo("Splash26");
        assertThat(user.post("/configuration/dry-run", """
            {"part":"components","id":%d,"item":{"rule":{"banana":[]}}}
            """.formatted(id)).detail())
                .contains("banana");
        assertThat(user.post(
                                "/configuration/dry-run",
                                "{\"part\":\"classes\",\"runs\":{\"n\":1},\"item\":{\"runClass\":\"X\",\"priority\":0,\"enabled\":true,\"rule\":true}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRuleIsTestedLiveOnARun() {
        Answer tested = user.post("/rules/test", """
            {"kind":"online","run":401005,"rule":{"==":[{"var":"bpix_ready"},false]}}
            """);
        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        assertThat(tested.body().path("lumisections").intValue()).isEqualTo(359);
        assertThat(tested.body().path("holds")).isNotEmpty();
        assertThat(tested.body().at("/explained/0/1/resulted_value").booleanValue())
                .isTrue();
        assertThat(tested.body().at("/document/energy").intValue()).isEqualTo(6800);
    }

    @Test
    void theConfigurationIsOneFileThatIsCheckedAndImported() {
        String yaml = user.get("/configuration").text();
        Answer same = admin.put("/configuration", yaml);
        assertThat(same.body().path("changed").booleanValue()).as(same.text()).isFalse();
        String changed = yaml.replace("createdBy: Kenji Sato", "createdBy: Amira Haddad");
        assertThat(changed).isNotEqualTo(yaml);
        long before = history.latest();
        Answer dry = admin.put("/configuration?dryRun=true", changed);
        assertThat(dry.body().path("changes").toString()).as(dry.text()).isEqualTo("[\"goldenRules 2 changed\"]");
        assertThat(history.latest()).isEqualTo(before);
        Answer imported = admin.put("/configuration", changed);
        assertThat(imported.body().path("written").booleanValue())
                .as(imported.text())
                .isTrue();
        assertThat(user.get("/configuration").text()).isEqualTo(changed);
        // as of then, and taken back
        assertThat(user.get("/configuration?asOf=" + before).text()).isEqualTo(yaml);
        long version = user.get("/configuration/versions")
                .body()
                .get(0)
                .path("version")
                .longValue();
        assertThat(version).isEqualTo(before + 1);
        assertThat(admin.post("/versions/" + version + "/undo", "").status()).isEqualTo(200);
        assertThat(user.get("/configuration").text()).isEqualTo(yaml);
    }

    @Test
    void aFileThatCannotBeMeantIsRefusedWithItsReason() {
        String yaml = user.get("/configuration").text();
        long before = history.latest();
        assertThat(admin.put("/configuration", "not: [a configuration").status())
                .isEqualTo(422);
        assertThat(admin.put("/configuration", "workspaces: []").status()).isEqualTo(422);
        assertThat(admin.put("/configuration", yaml.replace("component: dt-dt", "component: dt-nothing"))
                        .detail())
                .contains("dt-nothing");
        assertThat(admin.put("/configuration", yaml.replace("Collisions26", "")).status())
                .isEqualTo(422);
        assertThat(admin.put(
                                "/configuration",
                                "a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\n"
                                        + "d: &d [*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d]\n")
                        .status())
                .isEqualTo(422);
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void whoEditsRulesCannotGiveThemselvesRights() {
        String yaml = user.get("/configuration").text();
        String greedy = yaml.replace("version.undo", "registry.delete-run");
        assertThat(greedy).isNotEqualTo(yaml);
        assertThat(expert.put("/configuration", greedy).status()).isEqualTo(403);
        assertThat(expert.put("/configuration/rights", "[]").status()).isEqualTo(403);
        assertThat(user.put("/configuration", yaml).status()).isEqualTo(403);
        Answer added = expert.post("/configuration/acceptedDatasets", """
            {"name":"/ReReco/Later/DQM","runClass":"Collisions26","firstRun":null,"lastRun":401000,"enabled":false,
             "monitorNames":[]}
            """);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String path =
                "/configuration/acceptedDatasets/" + added.body().path("id").intValue();
        assertThat(expert.send("DELETE", path, null).status()).isEqualTo(200);
        assertThat(expert.send("DELETE", path, null).status()).isEqualTo(409);
    }

    @Test
    void theRegistryIsReplayedBitByBit() {
        assertThat(user.post("/replay", "{\"confirmed\":true}").status()).isEqualTo(403);
        assertThat(admin.post("/replay", "{\"confirmed\":false}").status()).isEqualTo(400);
        Answer replayed = admin.post("/replay", "{\"confirmed\":true}");
        assertThat(replayed.body().path("same").booleanValue())
                .as(replayed.text())
                .isTrue();
        assertThat(replayed.body().path("rows").intValue()).isGreaterThan(150);
    }

    @Test
    void aDeletedRunIsGoneFromListsAndKeptInTheAuditLog() {
        int run = 401012;
        long before = history.latest();
        assertThat(expert.send("DELETE", "/runs/" + run, "{\"reason\":\"test run\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("DELETE", "/runs/" + run, "{\"reason\":\"\"}").status())
                .isEqualTo(400);
        Answer deleted = admin.send("DELETE", "/runs/" + run, "{\"reason\":\"test run\"}");
        assertThat(deleted.body().path("comment").stringValue())
                .as(deleted.text())
                .contains("test run");
        assertThat(new Registry(port, null).get("/runs/" + run).text()).isEqualTo("null");
        assertThat(user.get("/runs/" + run + "?asOf=" + before)
                        .body()
                        .path("deleted")
                        .booleanValue())
                .isFalse();
        assertThat(jdbc.sql("select count(*) from identity.audit_entry where action = 'certification.delete-run'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(admin.post("/versions/" + history.latest() + "/undo", "").status())
                .isEqualTo(200);
        assertThat(new Registry(port, null).get("/runs/" + run).text()).contains("401012");
    }

    @Test
    void inventedDataNeverGoIntoARegistryThatHoldsAnything() {
        assertThat(user.post("/demo", "{\"confirmed\":true}").status()).isEqualTo(403);
        assertThat(admin.post("/demo", "{\"confirmed\":true}").status()).isEqualTo(409);
    }

    @Test
    void thePastIsReadByVersionAndByTime() {
        DatasetKey key = DatasetKey.online(401015);
        long undone = history.versions(1000, 0).stream()
                .filter(v -> v.comment().startsWith("undo of version"))
                .filter(v -> v.author().equals("Elena Petrova"))
                .findFirst()
                .orElseThrow()
                .version();
        String path = "/runs/" + key.run() + "/datasets";
        assertThat(user.get(path + "?asOf=" + (undone - 1))
                        .body()
                        .at("/verdicts/tracker-pixel")
                        .toString())
                .contains("timing scan");
        assertThat(user.get(path).body().at("/verdicts/tracker-pixel").toString())
                .doesNotContain("timing scan");
        Answer difference = user.get(path + "/difference?from=" + (undone - 1) + "&to=" + undone);
        assertThat(difference.body().path("verdicts").propertyNames()).containsExactly("tracker-pixel");
        assertThat(user.get(path + "?asOf=2026-05-04T00:00:00Z").status()).isEqualTo(404);
        Answer then = user.get(path + "?asOf=2026-05-12T12:00:00Z");
        assertThat(then.status()).as(then.text()).isEqualTo(200);
        assertThat(then.body().path("asOf").longValue()).isLessThan(undone);
        assertThat(user.get(path + "?asOf=yesterday").status()).isEqualTo(400);
        assertThat(states.dataset(key, undone - 1)
                        .orElseThrow()
                        .verdicts()
                        .lane("tracker-pixel")
                        .spans()
                        .getFirst()
                        .value()
                        .path("comment")
                        .stringValue())
                .isEqualTo("timing scan");
    }

    @Test
    void listsShowThePastAsItWas() {
        var manager = new Registry(
                port,
                Certifiers.token(jdbc, roles, tokens, "Elena", "certification.data-manager", "certification.ingest"),
                "/runregistry");
        long before = history.latest();
        JsonNode runs =
                user.get("/runs?size=1000&sort=-oms_attributes.fill_number").body();
        JsonNode datasets = user.get("/datasets?size=1000").body();
        String open = "{\"page\":0,\"page_size\":5,\"sortings\":[],\"filter\":{\"rr_attributes.state\":\"OPEN\"}}";
        JsonNode some = manager.post("/runs_filtered_ordered", open).body();
        int run = some.at("/runs/0/run_number").intValue();
        int gone = some.at("/runs/1/run_number").intValue();
        JsonNode verdicts = manager.post("/lumisections/rr_lumisections", "{\"run_number\":" + run + "}")
                .body();
        assertThat(runs.path("count").longValue()).isGreaterThan(50);
        // when one run is edited, one is deleted, and one is new
        assertThat(manager.put("/manual_run_edit/" + run + "/class", "{\"class\":\"Splash99\"}")
                        .status())
                .isEqualTo(200);
        assertThat(manager.put("/lumisections/edit_rr_lumisections", """
                {"run_number":%d,"dataset_name":"online","component":"dt-dt",
                 "new_lumisection_range":{"start":1,"end":2,"status":"STANDBY","comment":"later","cause":""}}
                """.formatted(run))
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("DELETE", "/runs/" + gone, "{\"reason\":\"for a test\"}")
                        .status())
                .isEqualTo(200);
        long deletion = history.latest();
        assertThat(manager.post("/runs/", """
                {"oms_attributes":{"run_number":409998,"hlt_key":"/cdaq/cosmic/v1"},"rr_attributes":{"class":"Cosmics26"},
                 "oms_lumisections":[{"cms_active":true}],"rr_lumisections":[]}
                """).status()).isEqualTo(200);
        // then
        String then = "&asOf=" + before;
        JsonNode past = user.get("/runs?size=1000&sort=-oms_attributes.fill_number" + then)
                .body();
        assertThat(past.path("asOf").longValue()).isEqualTo(before);
        assertThat(past.path("items")).isEqualTo(runs.path("items"));
        assertThat(user.get("/datasets?size=1000" + then).body().path("items")).isEqualTo(datasets.path("items"));
        String splash = "/runs?filter=" + encoded("{\"rr_attributes.class\":\"Splash99\"}");
        assertThat(user.get(splash).body().path("count").intValue()).isOne();
        assertThat(user.get(splash + then).body().path("count").intValue()).isZero();
        JsonNode third = user.get("/runs?size=7&page=2&sort=-oms_attributes.fill_number" + then)
                .body();
        assertThat(third.path("items").valueStream())
                .containsExactlyElementsOf(
                        runs.path("items").valueStream().skip(14).limit(7).toList());
        assertThat(user.get("/runs?size=1000").body().path("count")).isEqualTo(runs.path("count"));
        // and the same for scripts that know the older paths
        assertThat(manager.post("/runs_filtered_ordered?asOf=" + before, open).body())
                .isEqualTo(some);
        assertThat(manager.post("/lumisections/rr_lumisections?asOf=" + before, "{\"run_number\":" + run + "}")
                        .body())
                .isEqualTo(verdicts);
        assertThat(manager.get("/runs/" + run + "?asOf=" + before).body()).isEqualTo(some.at("/runs/0"));
        assertThat(admin.post("/versions/" + deletion + "/undo", "").status()).isEqualTo(200);
        assertThat(user.get("/runs?filter=" + encoded("{\"n\":1}")).status()).isEqualTo(400);
        assertThat(user.get("/runs?filter=not+json").status()).isEqualTo(400);
        assertThat(user.get("/runs?size=0").status()).isEqualTo(400);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void cyclesAndTheirDatasetsAreReadAsTheyWere() {
        var manager = new Registry(
                port, Certifiers.token(jdbc, roles, tokens, "Elena", "certification.data-manager"), "/runregistry");
        JsonNode cycle = user.get("/cycles").body().get(0);
        long before = history.latest();
        Answer renamed = manager.put("/cycles", """
                {"id_cycle":%d,"cycle_name":"Renamed","deadline":"2030-01-01T00:00:00Z","cycle_attributes":{"global_state":"pending"}}
                """.formatted(cycle.path("id").intValue()));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        long version = history.latest();
        assertThat(user.get("/cycles")
                        .body()
                        .valueStream()
                        .map(c -> c.path("name").stringValue()))
                .contains("Renamed");
        assertThat(user.get("/cycles?asOf=" + before).body().valueStream()).contains(cycle);
        assertThat(manager.get("/cycles/global?asOf=" + before)
                        .body()
                        .valueStream()
                        .map(c -> c.path("cycle_name").stringValue()))
                .contains(cycle.path("name").stringValue());
        JsonNode members = manager.get("/cycles/global").body().get(0).path("CycleDataset");
        assertThat(members).isNotEmpty();
        members.forEach(
                member -> assertThat(member.path("createdAt").stringValue()).startsWith("20"));
        // taken back, reinstated, and taken back again
        assertThat(admin.post("/versions/" + version + "/undo", "").status()).isEqualTo(200);
        long undo = history.latest();
        assertThat(admin.post("/versions/" + undo + "/undo", "").status()).isEqualTo(200);
        assertThat(user.get("/cycles").text()).contains("Renamed");
        assertThat(admin.post("/versions/" + history.latest() + "/undo", "").status())
                .isEqualTo(200);
        assertThat(user.get("/cycles")
                        .body()
                        .valueStream()
                        .map(c -> c.path("name").stringValue()))
                .contains(cycle.path("name").stringValue())
                .doesNotContain("Renamed");
    }

    private JsonNode golden(String rule, String datasets) {
        JsonNode file = finished("{\"rule\":%s,\"datasets\":\"%s\",\"tags\":\"test\"}".formatted(rule, datasets));
        assertThat(file.path("state").stringValue()).as(file.toString()).isEqualTo("completed");
        return file;
    }

    private JsonNode finished(String wanted) {
        Answer submitted = user.post("/golden", wanted);
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(202);
        String path = "/golden/" + submitted.body().path("id").intValue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> List.of("completed", "failed")
                        .contains(user.get(path).body().path("state").stringValue()));
        return user.get(path).body();
    }
}
