package org.colonnade.certification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.colonnade.certification.certify.Ingest;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.OmsSource;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.testing.GatewayTest;
import org.colonnade.web.ProblemException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever the machine, rules and people do to a run, in whatever order and at once: every component has a verdict in every
 * lumisection from the first to the last, and what was true as of a version stays so. The seed is in the test's name.
 */
@GatewayTest
class CoverageTest {

    private static final AtomicInteger RUNS = new AtomicInteger(405_000);
    private static final List<String> COMPONENTS = List.of("dt-dt", "tracker-pixel", "tracker-strip", "cms-cms");
    private static final List<String> BITS = List.of("dtm_ready", "bpix_ready", "tob_ready", "cms_active");

    @Autowired
    Ingest ingest;

    @Autowired
    Runs runs;

    @Autowired
    Lumisections lumisections;

    @Autowired
    Ledger ledger;

    @Autowired
    States states;

    @Autowired
    History history;

    @RepeatedTest(12)
    void verdictsCoverTheRunWithoutGapsAndThePastStays(RepetitionInfo repetition) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        int run = RUNS.incrementAndGet();
        var machine = new ArrayList<>(ScenarioRuns.allOn(3 + random.nextInt(30)));
        take(run, machine, 0);
        long created = history.latest();
        var past = new LinkedHashMap<Long, String>();
        for (int step = 1; step <= 25; step++) {
            act(random, run, machine, step, created);
            assertCovered(run);
            past.put(history.latest(), seen(run, history.latest()));
        }
        past.forEach((version, then) -> assertThat(seen(run, version)).isEqualTo(then));
        String before = seen(run, States.NOW);
        assertThat(ledger.replay().same()).isTrue();
        assertThat(seen(run, States.NOW)).isEqualTo(before);
    }

    private void take(int run, List<ObjectNode> machine, int minute) {
        ObjectNode attributes = ScenarioRuns.beam(run).put("last_update", "2026-05-03T09:%02d:00Z".formatted(minute));
        ingest.take(run, new OmsSource.Report(attributes, List.copyOf(machine)));
    }

    private void act(Random random, int run, List<ObjectNode> machine, int step, long created) throws Exception {
        int length = runs.get(run).oms().path("ls_duration").intValue();
        int first = 1 + random.nextInt(length);
        int last = first + random.nextInt(length - first + 1);
        switch (random.nextInt(6)) {
            case 0 -> {
                for (ObjectNode ls : machine.subList(first - 1, last)) {
                    ls.put(BITS.get(random.nextInt(4)), random.nextBoolean());
                }
                take(run, machine, step);
            }
            case 1 -> {
                machine.addAll(ScenarioRuns.allOn(1 + random.nextInt(3)));
                take(run, machine, step);
            }
            case 2 -> {
                String bit = BITS.get(random.nextInt(4));
                lumisections.editBit(
                        Author.person("maria"),
                        DatasetKey.online(run),
                        bit,
                        first,
                        last,
                        random.nextBoolean(),
                        "looked at",
                        null);
            }
            case 3 -> undoOne(random, run, created);
            case 4 -> atOnce(run, first, last, length);
            default -> say("jonas", run, COMPONENTS.get(random.nextInt(4)), first, last);
        }
    }

    private void say(String who, int run, String component, int first, int last) {
        var verdict = new Lumisections.Verdict(
                DatasetKey.online(run), component, first, last, "STANDBY", "by " + who, "", null);
        lumisections.edit(Author.person(who), verdict);
    }

    /** Of what people said; what the machine reported is not taken back. */
    private void undoOne(Random random, int run, long created) {
        List<Long> acts = history.ofLumisections(DatasetKey.online(run), Family.RR).stream()
                .filter(e -> e.manual() && e.version().version() > created)
                .map(e -> e.version().version())
                .toList();
        if (!acts.isEmpty()) {
            long version = acts.get(random.nextInt(acts.size()));
            try {
                ledger.record(Author.person("elena"), "undo of version " + version, draft -> draft.revoke(version));
            } catch (IllegalArgumentException undoneAlready) {
                say("elena", run, "dt-dt", 1, 1);
            }
        }
    }

    /** Two editors, one of whom looked before the other wrote, and a third who did not look. */
    private void atOnce(int run, int first, int last, int length) throws Exception {
        DatasetKey key = DatasetKey.online(run);
        long seen = states.dataset(key, States.NOW).orElseThrow().version();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = List.of(
                    () -> careful("anna", key, first, last, seen), () -> careful("ben", key, 1, length, seen), () -> {
                        say("carla", run, "cms-cms", first, last);
                        return false;
                    });
            int written = 0;
            for (var task : threads.invokeAll(tasks)) {
                written += task.get() ? 1 : 0;
            }
            assertThat(written).as("of two who saw the same").isLessThanOrEqualTo(1);
        }
    }

    private boolean careful(String who, DatasetKey key, int first, int last, long seen) {
        try {
            lumisections.edit(
                    Author.person(who),
                    new Lumisections.Verdict(key, "dt-dt", first, last, "STANDBY", "by " + who, "", seen));
            return true;
        } catch (ProblemException somebodyWasFaster) {
            return false;
        }
    }

    private void assertCovered(int run) {
        int length = runs.get(run).oms().path("ls_duration").intValue();
        Dataset online = states.dataset(DatasetKey.online(run), States.NOW).orElseThrow();
        Ranges whole = Ranges.of(1, length);
        for (String component : COMPONENTS) {
            assertThat(online.verdicts().lane(component).extent()).as(component).isEqualTo(whole);
        }
        for (String bit : BITS) {
            assertThat(online.bits().lane(bit).extent()).as(bit).isEqualTo(whole);
        }
        int next = 1;
        for (Lanes.Segment segment : online.verdicts().segments()) {
            assertThat(segment.first()).isEqualTo(next);
            assertThat(segment.values().keySet()).containsAll(COMPONENTS);
            next = segment.last() + 1;
        }
        assertThat(next).isEqualTo(length + 1);
    }

    private String seen(int run, long version) {
        return Map.of(
                        "run", states.run(run, version).orElseThrow(),
                        "online",
                                states.dataset(DatasetKey.online(run), version).orElseThrow())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Object::toString)
                .toList()
                .toString();
    }
}
