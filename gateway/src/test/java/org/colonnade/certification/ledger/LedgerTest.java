package org.colonnade.certification.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every sequence of acts, told over random ones; the seed is in the test's name. */
@GatewayTest
class LedgerTest {

    private static final AtomicInteger RUNS = new AtomicInteger(900_000);
    private static final int LENGTH = 20;
    private static final List<String> COMPONENTS = List.of("dt-dt", "tracker-pixel");
    private static final Author PERSON = Author.person("maria");

    @Autowired
    Ledger ledger;

    @Autowired
    States states;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    @RepeatedTest(8)
    void replayRebuildsEveryProjectionBitByBitAndThePastNeverChanges(RepetitionInfo repetition) {
        // given
        var random = new Random(repetition.getCurrentRepetition());
        int run = create();
        var past = new LinkedHashMap<Long, String>();
        // when
        for (int step = 0; step < 25; step++) {
            act(random, run);
            past.put(history.latest(), seen(run, history.latest()));
        }
        // then
        past.forEach((version, seen) -> assertThat(seen(run, version)).isEqualTo(seen));
        assertThat(seen(run, States.NOW)).isEqualTo(past.get(history.latest()));
        String before = projections();
        ledger.replay();
        assertThat(projections()).isEqualTo(before);
        Lanes verdicts =
                states.dataset(DatasetKey.online(run), States.NOW).orElseThrow().verdicts();
        verdicts.byKey()
                .values()
                .forEach(lane -> assertThat(lane.extent().size()).isLessThanOrEqualTo(LENGTH));
    }

    @Test
    void undoingAnActLeavesWhatWasSaidSinceAndCanItselfBeUndone() {
        int run = create();
        DatasetKey online = DatasetKey.online(run);
        long first = say(PERSON, run, "dt-dt", 1, 5, "BAD");
        say(PERSON, run, "dt-dt", 4, 8, "STANDBY");
        // when
        long undo = undo(first);
        // then
        assertThat(statuses(online)).isEqualTo("[1-3 GOOD, 4-8 STANDBY, 9-20 GOOD]");
        // when
        undo(undo);
        // then
        assertThat(statuses(online)).isEqualTo("[1-3 BAD, 4-8 STANDBY, 9-20 GOOD]");
        assertThat(history.ofLumisections(online, Family.RR)).hasSize(3);
    }

    @Test
    void whateverRulesSayLaterAPersonsWordStands() {
        int run = create();
        say(PERSON, run, "dt-dt", 3, 3, "STANDBY");
        say(Author.AUTOMATIC, run, "dt-dt", 1, 20, "BAD");
        assertThat(statuses(DatasetKey.online(run))).isEqualTo("[1-2 BAD, 3-3 STANDBY, 4-20 BAD]");
    }

    @Test
    void workThatFailsLeavesNoTrace() {
        int run = create();
        long before = history.latest();
        assertThat(catchThrowable(() -> ledger.record(PERSON, "fails", draft -> {
                    draft.setRun(run, object().put("class", "Lost"));
                    throw new IllegalStateException("on purpose");
                })))
                .hasMessage("on purpose");
        assertThat(history.latest()).isEqualTo(before);
        assertThat(states.run(run, States.NOW).orElseThrow().runClass()).isEqualTo("Collisions26");
    }

    @Test
    void sixteenWritersLoseNothing() throws Exception {
        int run = create();
        int each = 10;
        long before = history.latest();
        // when
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int writer = 0; writer < 16; writer++) {
                int number = writer;
                tasks.add(() -> {
                    for (int i = 0; i < each; i++) {
                        ledger.record(Author.person("writer " + number), "adds one", draft -> {
                            int seen = draft.run(run)
                                    .orElseThrow()
                                    .rr()
                                    .path("count")
                                    .asInt(0);
                            draft.setRun(run, object().put("count", seen + 1));
                        });
                    }
                    return true;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        // then
        assertThat(states.run(run, States.NOW).orElseThrow().rr().path("count").intValue())
                .isEqualTo(16 * each);
        assertThat(history.ofRun(run).stream()
                        .filter(e -> e.version().version() > before)
                        .map(e -> e.rr().path("count").intValue()))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(16 * each);
    }

    @Test
    void whatWasAcknowledgedIsThereOnceAndInOrderAlsoWhenConnectionsAreCut() throws Exception {
        int run = create();
        long before = history.latest();
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var writing = new AtomicBoolean(true);
        // when sixteen people write, and the database cuts connections of the registry
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cutter = threads.submit(() -> {
                int cut = 0;
                while (writing.get()) {
                    Thread.sleep(15);
                    cut += cutConnections();
                }
                return cut;
            });
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int writer = 0; writer < 16; writer++) {
                int number = writer;
                tasks.add(() -> {
                    for (int i = 0; i < 12; i++) {
                        String mark = number + "/" + i;
                        try {
                            ledger.record(
                                    Author.person("writer"),
                                    mark,
                                    draft -> draft.setRun(run, object().put("last", mark)));
                            acknowledged.add(mark);
                        } catch (RuntimeException cut) {
                            // Not acknowledged: it may be there or not, but never twice.
                        }
                    }
                    return true;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
            writing.set(false);
            assertThat(cutter.get()).as("cut connections").isPositive();
        }
        // then, once the pool has noticed which of its connections were cut
        List<String> written =
                Awaitility.await()
                        .ignoreExceptions()
                        .until(() -> history.ofRun(run), events -> !events.isEmpty())
                        .stream()
                        .filter(e -> e.version().version() > before)
                        .map(e -> e.version().comment())
                        .toList();
        assertThat(written).doesNotHaveDuplicates().containsAll(acknowledged);
        for (int writer = 0; writer < 16; writer++) {
            String own = writer + "/";
            assertThat(written.stream()
                            .filter(mark -> mark.startsWith(own))
                            .map(mark -> Integer.parseInt(mark.substring(own.length()))))
                    .isSorted();
        }
        assertThat(states.run(run, States.NOW).orElseThrow().rr().path("last").stringValue())
                .isEqualTo(written.getLast());
        String projected = projections();
        ledger.replay();
        assertThat(projections()).isEqualTo(projected);
    }

    private int cutConnections() {
        try {
            return jdbc.sql("""
                            select count(pg_terminate_backend(pid))
                            from (
                                select pid from pg_stat_activity
                                where datname = current_database()
                                  and pid <> pg_backend_pid()
                                  and state in ('active', 'idle in transaction')
                                  and (query like '%pg_advisory_xact_lock%' or query like '%certification.%')
                                limit 2) victims
                            """).query(Integer.class).single();
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private int create() {
        int run = RUNS.incrementAndGet();
        ledger.record(Author.AUTOMATIC, "run creation", draft -> {
            draft.setRun(
                    run,
                    object().put("energy", 6800.0),
                    object().put("class", "Collisions26").put("state", "OPEN").put("stop_reason", ""));
            DatasetKey online = DatasetKey.online(run);
            draft.setDataset(online, object());
            var bits = Map.of("dtm_ready", Lane.of(1, LENGTH, JsonNodeFactory.instance.booleanNode(true)));
            draft.setLumisections(online, Family.OMS, Lanes.of(bits));
            draft.setLumisections(
                    online,
                    Family.RR,
                    Lanes.of(Map.of(
                            "dt-dt", Lane.of(1, LENGTH, triplet("GOOD")),
                            "tracker-pixel", Lane.of(1, LENGTH, triplet("GOOD")))));
        });
        return run;
    }

    private void act(Random random, int run) {
        int first = 1 + random.nextInt(LENGTH);
        int last = first + random.nextInt(LENGTH - first + 1);
        String component = COMPONENTS.get(random.nextInt(2));
        String status = List.of("GOOD", "BAD", "STANDBY").get(random.nextInt(3));
        Author author = random.nextInt(3) == 0 ? Author.AUTOMATIC : PERSON;
        switch (random.nextInt(7)) {
            case 0 ->
                ledger.record(
                        author,
                        "class",
                        draft -> draft.setRun(run, object().put("class", "Class" + random.nextInt(4))));
            case 1 -> ledger.record(Author.AUTOMATIC, "reset", draft -> draft.reset(run));
            case 2 -> {
                long version = history.latest() - random.nextInt(5);
                if (version > 0) {
                    try {
                        undo(version);
                    } catch (IllegalArgumentException undoneAlready) {
                        say(author, run, component, first, last, status);
                    }
                }
            }
            case 3 ->
                ledger.record(
                        author,
                        "bits",
                        draft -> draft.setLumisections(
                                DatasetKey.online(run),
                                Family.OMS,
                                Lanes.of(Map.of(
                                        "dtm_ready",
                                        Lane.of(
                                                first,
                                                last,
                                                JsonNodeFactory.instance.booleanNode(random.nextBoolean()))))));
            default -> say(author, run, component, first, last, status);
        }
    }

    private long say(Author author, int run, String component, int first, int last, String status) {
        return ledger.write(author, "verdict", draft -> {
            draft.setLumisections(
                    DatasetKey.online(run),
                    Family.RR,
                    Lanes.of(Map.of(component, Lane.of(first, last, triplet(status)))));
            return draft.version().version();
        });
    }

    private long undo(long version) {
        return ledger.write(PERSON, "undo " + version, draft -> {
            draft.revoke(version);
            return draft.version().version();
        });
    }

    private String seen(int run, long version) {
        return states.run(run, version) + " " + states.dataset(DatasetKey.online(run), version);
    }

    private String projections() {
        return jdbc.sql("select to_json(r)::text from certification.run r order by run_number")
                        .query(String.class)
                        .list()
                + "\n"
                + jdbc.sql("select to_json(d)::text from certification.dataset d order by run_number, name")
                        .query(String.class)
                        .list();
    }

    private String statuses(DatasetKey key) {
        return states.dataset(key, States.NOW).orElseThrow().verdicts().lane("dt-dt").spans().stream()
                .map(s -> s.first() + "-" + s.last() + " " + Summary.status(s.value()))
                .toList()
                .toString();
    }

    private static JsonNode triplet(String status) {
        return object().put("status", status).put("comment", "").put("cause", "");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
