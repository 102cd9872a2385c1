package org.colonnade.certification.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.rule.Rule;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is kept between two golden JSON files changes nothing about the second one, whoever wrote meanwhile. */
@GatewayTest
class GoldenTest {

    private static final int LENGTH = 30;
    // Of eight acts those below are not done by people.
    private static final int MACHINE = 5;
    private static final List<String> COMPONENTS = List.of("dt-dt", "tracker-pixel");
    private static final Author PERSON = Author.person("maria");
    private static final Rule RULE = Rule.parse("""
            {"and":[{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]},{"==":[{"var":"lumisection.oms.dtm_ready"},true]},
            {"or":[{"==":[{"var":"lumisection.rr.tracker-pixel"},"GOOD"]},{">":[{"var":"run.oms.energy"},6000]}]},
            {"!=":[{"var":"dataset.global_state"},"COMPLETED"]}]}
            """);

    @Autowired
    Ledger ledger;

    @Autowired
    States states;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @RepeatedTest(4)
    void whatGatewaysRememberGivesTheBytesThatTheEventsGive(RepetitionInfo repetition) {
        // given: two gateways that were asked before, and runs in several blocks of neighbours
        var random = new Random(repetition.getCurrentRepetition());
        String names = "/Some/" + repetition.getCurrentRepetition() + "_";
        List<Golden> gateways = List.of(gateway(), gateway());
        int first = 700_000 + 1000 * repetition.getCurrentRepetition();
        for (int step = 0; step < 40; step++) {
            // when: somebody does something
            int run = first + 20 * random.nextInt(12);
            String name = "/Some/" + repetition.getCurrentRepetition() + (random.nextInt(4) == 0 ? "b" : "a");
            int act = random.nextInt(8);
            ledger.record(
                    act < MACHINE ? Author.AUTOMATIC : PERSON,
                    "act " + step,
                    draft -> act(random, act, draft, new DatasetKey(run, name)));
            // then: a gateway that knows the files before says what one says that knows nothing, and what the events
            // say
            String file = gateways.get(random.nextInt(2)).compute(RULE, names).told();
            assertThat(file).isEqualTo(gateway().compute(RULE, names).told());
            assertThat(file)
                    .isEqualTo(gateway().compute(RULE, names, history.latest()).told());
        }
    }

    @Test
    void namesAndRulesAreTextsInTheRecordWhateverCharactersTheyHold() {
        // given
        String name = "/A \"quoted\" \\ näme\n/DQM";
        Rule rule = Rule.parse("{\"==\":[{\"var\":\"lumisection.rr.dt-dt\"},\"a \\\"quoted\\\" \\\\ wörd\"]}");
        ledger.record(Author.AUTOMATIC, "a dataset", draft -> create(draft, new DatasetKey(799_001, name)));
        // when
        ObjectNode record = gateway().compute(rule, "/A %näme_/DQM").record();
        // then
        assertThat(record.path("json_logic")).isEqualTo(rule.source());
        assertThat(record.path("generated_anti_json_with_dataset_names").propertyNames())
                .containsExactly("799001-" + name);
        JsonNode lost = record.path("runs_lumisections_responsible_for_rule");
        assertThat(lost.propertyNames())
                .singleElement()
                .satisfies(parts ->
                        assertThat(JsonMapper.shared().readTree(parts).path(0)).isEqualTo(rule.source()));
        assertThat(lost.iterator().next().propertyNames()).containsExactly("799001-" + name);
    }

    private Golden gateway() {
        return new Golden(new Samples(jdbc, states, transactions), new Evaluations());
    }

    private static void act(Random random, int act, Draft draft, DatasetKey key) {
        if (draft.dataset(key).isEmpty()) {
            if (act < MACHINE) {
                create(draft, key);
            }
            return;
        }
        switch (act) {
            case 0 -> draft.setRun(key.run(), object().put("energy", 6800 * random.nextInt(2)), object());
            case 1 -> draft.setDataset(key, object().put("global_state", random.nextBoolean() ? "OPEN" : "COMPLETED"));
            case 2 -> draft.hide(key);
            case 3 -> draft.setLumisections(key, Family.OMS, lanes(random, "dtm_ready", bit(random.nextBoolean())));
            case 4 ->
                draft.setLumisections(
                        key,
                        Family.OMS,
                        lanes(random, "recorded", JsonNodeFactory.instance.numberNode(0.1 * random.nextInt(9))));
            default ->
                draft.setLumisections(
                        key,
                        Family.RR,
                        lanes(
                                random,
                                COMPONENTS.get(random.nextInt(2)),
                                triplet(random.nextInt(3) == 0 ? "BAD" : "GOOD")));
        }
    }

    private static void create(Draft draft, DatasetKey key) {
        draft.setRun(key.run(), object().put("energy", 6800), object().put("class", "Collisions26"));
        draft.setDataset(key, object().put("global_state", "OPEN"));
        draft.setLumisections(
                key,
                Family.OMS,
                Lanes.of(Map.of(
                        "dtm_ready",
                        Lane.of(1, LENGTH, bit(true)),
                        "recorded",
                        Lane.of(1, LENGTH, JsonNodeFactory.instance.numberNode(0.1)))));
        draft.setLumisections(
                key,
                Family.RR,
                Lanes.of(Map.of(
                        "dt-dt",
                        Lane.of(1, LENGTH, triplet("GOOD")),
                        "tracker-pixel",
                        Lane.of(2, LENGTH, triplet("GOOD")))));
    }

    private static Lanes lanes(Random random, String lane, JsonNode value) {
        int from = 1 + random.nextInt(LENGTH);
        return Lanes.of(Map.of(lane, Lane.of(from, Math.min(LENGTH, from + random.nextInt(8)), value)));
    }

    private static JsonNode bit(boolean on) {
        return JsonNodeFactory.instance.booleanNode(on);
    }

    private static JsonNode triplet(String status) {
        return object().put("status", status).put("comment", "").put("cause", "");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
