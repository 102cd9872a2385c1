package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.colonnade.certification.Registry.Answer;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.History;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.token.PersonalTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Many runs and datasets at once by script: what pages offer, and for each of them what came of it. */
@WithDemo
class BatchApiTest {

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
    History history;

    private Registry manager;
    private List<Item> items;

    /** A dataset as a list gives it. */
    private record Item(int run, long seen) {

        private String named() {
            return "{\"run\":" + run + ",\"name\":\"" + PROMPT + "\"}";
        }

        private String asSeen(long version) {
            return "{\"run\":" + run + ",\"name\":\"" + PROMPT + "\",\"seen\":" + version + "}";
        }
    }

    @BeforeEach
    void threeOpenDatasets() {
        demo.load();
        manager = new Registry(
                port,
                Certifiers.token(jdbc, roles, tokens, "Elena Petrova", "admin", "certification.data-manager"),
                "/api/v1/certification");
        items = list();
    }

    private List<Item> list() {
        return manager.get("/datasets?size=3&sort=run_number&filter=%7B%22name%22%3A%22" + PROMPT
                        + "%22%2C%22dataset_attributes.jetmet_state%22%3A%22OPEN%22%7D")
                .body()
                .path("items")
                .valueStream()
                .map(row ->
                        new Item(row.path("run").intValue(), row.path("version").longValue()))
                .toList();
    }

    private JsonNode dataset(int run, String name) {
        return manager.get("/runs/" + run + "/datasets?name=" + name).body();
    }

    private JsonNode done(String path, String body) {
        Answer answer = manager.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void inAWorkspaceEachMovesOrIsRefusedByItself() {
        Item first = items.get(0);
        Item second = items.get(1);
        String move =
                "{\"workspace\":\"jetmet\",\"state\":\"SIGNOFF\",\"datasets\":[%s,%s,{\"run\":1,\"name\":\"/A/B/C\"}]}";
        JsonNode moved = done(
                "/datasets/batch/state", move.formatted(first.asSeen(first.seen()), second.asSeen(second.seen() - 1)));
        assertThat(moved.get(0).toString())
                .isEqualTo(
                        "{\"run\":" + first.run() + ",\"name\":\"" + PROMPT + "\",\"written\":true,\"refusal\":null}");
        assertThat(moved.at("/1/written").booleanValue()).isFalse();
        assertThat(moved.at("/1/refusal").asString()).contains("changed by somebody else meanwhile");
        assertThat(moved.at("/2/refusal").asString()).isEqualTo("Run not found");
        assertThat(dataset(first.run(), PROMPT).at("/attributes/jetmet_state").asString())
                .isEqualTo("SIGNOFF");
        assertThat(dataset(second.run(), PROMPT).at("/attributes/jetmet_state").asString())
                .isEqualTo("OPEN");
        done(
                "/datasets/batch/state",
                move.formatted(first.named(), second.named()).replace("SIGNOFF", "OPEN"));
    }

    @Test
    void aStatusIsSetForAllOrForNone() {
        Item first = items.get(0);
        Item second = items.get(1);
        String status = "{\"components\":[\"jetmet-jetmet\"],\"status\":\"%s\",\"datasets\":[%s,%s]}";
        // somebody was faster with the second: the first stays as it is too
        long before = history.latest();
        Answer late = manager.post(
                "/datasets/batch/status", status.formatted("BAD", first.named(), second.asSeen(second.seen() - 1)));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("of run " + second.run() + " was changed by somebody else meanwhile");
        Answer unknown = manager.post(
                "/datasets/batch/status", status.formatted("BAD", first.named(), "{\"run\":1,\"name\":\"/A/B/C\"}"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).isEqualTo("Dataset not found: /A/B/C of run 1");
        assertThat(history.latest()).isEqualTo(before);
        // then both by one version
        String both = status.formatted("EXCLUDED", first.asSeen(first.seen()), second.asSeen(second.seen()));
        assertThat(done("/datasets/batch/status", both).findValuesAsString("written"))
                .containsExactly("true", "true");
        assertThat(dataset(first.run(), PROMPT)
                        .at("/verdicts/jetmet-jetmet/0/2/status")
                        .asString())
                .isEqualTo("EXCLUDED");
        assertThat(jdbc.sql("select count(*) from certification.version where version > ?")
                        .param(before)
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void verdictsAreCopiedAndDatasetsDuplicatedHiddenAndMovedEverywhere() {
        Item third = items.get(2);
        String one = "{\"datasets\":[" + third.named() + "],";
        String copy = "/Duplicated/ByScript2026/DQM";
        JsonNode made =
                done("/datasets/batch/duplicate", one + "\"target\":\"" + copy + "\",\"workspaces\":[\"jetmet\"]}");
        assertThat(made.at("/0/name").asString()).isEqualTo(copy);
        assertThat(dataset(third.run(), copy).path("verdicts"))
                .isEqualTo(dataset(third.run(), PROMPT).path("verdicts"));
        assertThat(manager.post("/datasets/batch/duplicate", one + "\"target\":\"" + copy + "\"}")
                        .status())
                .isEqualTo(409);
        // what differs from the original is copied back from it
        String ofCopy = "{\"filter\":{\"and\":[{\"run_number\":" + third.run() + "},{\"name\":\"" + copy + "\"}]},";
        done("/datasets/batch/status", ofCopy + "\"components\":[\"jetmet-jetmet\"],\"status\":\"EXCLUDED\"}");
        assertThat(dataset(third.run(), copy).path("verdicts"))
                .isNotEqualTo(dataset(third.run(), PROMPT).path("verdicts"));
        JsonNode copied = done(
                "/datasets/batch/copy", ofCopy + "\"components\":[\"jetmet-jetmet\"],\"source\":\"" + PROMPT + "\"}");
        assertThat(copied.at("/0/written").booleanValue()).isTrue();
        assertThat(dataset(third.run(), copy).path("verdicts"))
                .isEqualTo(dataset(third.run(), PROMPT).path("verdicts"));
        JsonNode everywhere = done("/datasets/batch/state-everywhere", ofCopy + "\"state\":\"COMPLETED\"}");
        assertThat(everywhere.at("/0/written").booleanValue()).isTrue();
        assertThat(done("/datasets/batch/state-everywhere", ofCopy + "\"state\":\"COMPLETED\"}")
                        .at("/0/written")
                        .booleanValue())
                .as("it was completed already")
                .isFalse();
        assertThat(dataset(third.run(), copy).at("/attributes/global_state").asString())
                .isEqualTo("COMPLETED");
        assertThat(dataset(third.run(), copy).at("/attributes/jetmet_state").asString())
                .isEqualTo("COMPLETED");
        assertThat(manager.post("/datasets/batch/hide", ofCopy + "\"reason\":\"no\"}")
                        .status())
                .isEqualTo(400);
        assertThat(done("/datasets/batch/hide", ofCopy + "\"reason\":\"made by a test\"}"))
                .hasSize(1);
        assertThat(manager.post("/datasets/batch/hide", ofCopy + "\"reason\":\"made by a test\"}")
                        .detail())
                .isEqualTo("No dataset matches the filter");
    }

    @Test
    void aFilterLeavesTheRunsOwnDatasetsAloneAndSaysWhatItDoesNotUnderstand() {
        Item first = items.getFirst();
        JsonNode touched = done(
                "/datasets/batch/state",
                "{\"filter\":{\"run_number\":" + first.run() + "},\"workspace\":\"jetmet\",\"state\":\"OPEN\"}");
        assertThat(touched.findValuesAsString("name")).contains(PROMPT, EXPRESS).doesNotContain("online");
        String open = ",\"workspace\":\"jetmet\",\"state\":\"OPEN\"}";
        long before = history.latest();
        for (String wrong : List.of(
                "{\"filter\":{\"nonsense\":1}",
                "{\"datasets\":[]",
                "{\"datasets\":[null]",
                "{\"datasets\":[{\"run\":1}]",
                "{\"filter\":{},\"datasets\":[" + first.named() + "]")) {
            assertThat(manager.post("/datasets/batch/state", wrong + open).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        for (String unnamed : List.of(
                "{\"datasets\":[" + first.named() + "],\"status\":\"GOOD\"}",
                "{\"datasets\":[" + first.named() + "],\"components\":[\"jetmet-jetmet\"]}")) {
            assertThat(manager.post("/datasets/batch/status", unnamed).status())
                    .as(unnamed)
                    .isEqualTo(400);
        }
        assertThat(manager.post("/datasets/batch/state", "{\"filter\":{\"run_number\":1}" + open)
                        .detail())
                .isEqualTo("No dataset matches the filter");
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void runsMoveEachByItself() {
        List<Item> runs = manager.get(
                        "/runs?size=2&sort=run_number&filter=%7B%22rr_attributes.state%22%3A%22SIGNOFF%22%7D")
                .body()
                .path("items")
                .valueStream()
                .map(row ->
                        new Item(row.path("run").intValue(), row.path("version").longValue()))
                .toList();
        String move = "{\"state\":\"%s\",\"runs\":[{\"run\":" + runs.get(0).run() + ",\"seen\":"
                + runs.get(0).seen() + "},{\"run\":" + runs.get(1).run() + ",\"seen\":1},{\"run\":1}]}";
        JsonNode moved = done("/runs/batch/state", move.formatted("COMPLETED"));
        assertThat(moved.get(0).toString()).isEqualTo("{\"run\":" + runs.get(0).run() + ",\"refusal\":null}");
        assertThat(moved.at("/1/refusal").asString()).contains("changed by somebody else meanwhile");
        assertThat(moved.at("/2/refusal").asString()).isEqualTo("Run not found");
        String both = "{\"filter\":{\"run_number\":{\"or\":[{\"=\":"
                + runs.get(0).run() + "},{\"=\":" + runs.get(1).run() + "}]}}";
        assertThat(done("/runs/batch/state", both + ",\"state\":\"SIGNOFF\"}")
                        .get(0)
                        .path("refusal")
                        .asString())
                .contains("already in state");
        // both are worth certifying since the rules saw them, and no longer open
        assertThat(done("/runs/batch/significant", both + "}").findValuesAsString("refusal"))
                .hasSize(2)
                .allMatch(refusal -> refusal.contains("must be in state OPEN"));
        assertThat(done("/runs/batch/refresh", both + "}").findValuesAsString("refusal"))
                .hasSize(2)
                .allMatch(refusal -> refusal.contains("must be in state OPEN"));
        assertThat(manager.post("/runs/batch/refresh", "{\"filter\":{\"run_number\":1}}")
                        .detail())
                .isEqualTo("No run matches the filter");
        for (String wrong : List.of("{}", "{\"runs\":[{}]}", "{\"runs\":[null]}", "{\"filter\":[1]}")) {
            assertThat(manager.post("/runs/batch/significant", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
