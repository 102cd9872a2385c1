package org.colonnade.certification.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Ingest;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.demo.DemoRun.Kind;
import org.colonnade.certification.golden.GoldenRecords;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a collaboration did with the invented runs: shifters judged and signed off, experts corrected, a manager opened
 * cycles and published a golden JSON file. Every act goes through the services that people use.
 */
@Component
class DemoStory {

    static final String MARK = "configuration of the demonstration";

    private static final Author AMIRA = Author.person("Amira Haddad");
    private static final Author JONAS = Author.person("Jonas Weber");
    private static final Author CHIARA = Author.person("Chiara Rossi");
    private static final Author KENJI = Author.person("Kenji Sato");
    private static final Author ELENA = Author.person("Elena Petrova");
    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";
    private static final int UNSIGNED = 3;

    private final Ingest ingest;
    private final Runs runs;
    private final Lumisections lumisections;
    private final Datasets datasets;
    private final Cycles cycles;
    private final Configurations configurations;
    private final GoldenRecords golden;
    private final Ledger ledger;
    private final History history;

    DemoStory(
            Ingest ingest,
            Runs runs,
            Lumisections lumisections,
            Datasets datasets,
            Cycles cycles,
            Configurations configurations,
            GoldenRecords golden,
            Ledger ledger,
            History history) {
        this.ingest = ingest;
        this.runs = runs;
        this.lumisections = lumisections;
        this.datasets = datasets;
        this.cycles = cycles;
        this.configurations = configurations;
        this.golden = golden;
        this.ledger = ledger;
        this.history = history;
    }

    void tell(Configuration configuration, List<DemoRun> all) {
        at(
                all.getFirst().end().minus(Duration.ofDays(1)),
                () -> configurations.change(ELENA, MARK, before -> configuration));
        var signed = new ArrayList<DemoRun>();
        for (int i = 0; i < all.size(); i++) {
            DemoRun run = all.get(i);
            at(run.end().plus(Duration.ofMinutes(4)), () -> ingest.take(run.number(), run.report()));
            Author shifter = i % 2 == 0 ? AMIRA : JONAS;
            at(run.end().plus(Duration.ofMinutes(9)), () -> shift(shifter, run));
            if (i < all.size() - UNSIGNED && run.kind() != Kind.COMMISSIONING && isWorthIt(run)) {
                at(run.end().plus(Duration.ofMinutes(25)), () -> runs.move(shifter, run.number(), "SIGNOFF"));
                signed.add(run);
            }
        }
        Instant last = all.getLast().end();
        at(last.plus(Duration.ofHours(2)), () -> appear(signed));
        at(last.plus(Duration.ofHours(20)), () -> offline(signed));
        at(last.plus(Duration.ofHours(26)), () -> secondThoughts(signed, all));
        publish();
    }

    private boolean isWorthIt(DemoRun run) {
        return runs.get(run.number()).isSignificant();
    }

    /** Gives every component a status where rules found none, and says why the run stopped. */
    private void shift(Author shifter, DemoRun run) {
        int number = run.number();
        if (run.kind() == Kind.COLLISIONS && number % 5 == 0) {
            set(shifter, number, "stop_reason", number % 2 == 0 ? "beam dump" : "recovery of the pixel detector");
        }
        if (run.kind() == Kind.COLLISIONS && !isWorthIt(run)) {
            set(shifter, number, "short_run", "true");
            return;
        }
        Dataset online = datasets.get(DatasetKey.online(number));
        online.verdicts().byKey().forEach((component, lane) -> {
            for (Lane.Span span : lane.spans()) {
                if (Summary.status(span.value()).equals(RuleBook.NO_VALUE)) {
                    say(
                            shifter,
                            online.key(),
                            component,
                            span.first(),
                            span.last(),
                            "GOOD",
                            "no bit from DCS, plots look fine",
                            "");
                }
            }
        });
        if (run.kind() == Kind.COLLISIONS && number % 4 == 1 && online.length() > 60) {
            say(shifter, online.key(), "csc-csc", 31, 44, "BAD", "ME+2/1 chambers tripped, low occupancy", "HV");
        }
        if (number % 7 == 3 && online.length() > 80) {
            say(shifter, online.key(), "hcal-hcal", 60, 77, "BAD", "QIE errors in HEP17", "readout");
        }
    }

    private void set(Author who, int run, String attribute, String value) {
        runs.edit(who, run, attribute, JsonNodeFactory.instance.objectNode().put(attribute, value), null);
    }

    private void say(
            Author who,
            DatasetKey key,
            String component,
            int first,
            int last,
            String status,
            String why,
            String cause) {
        lumisections.edit(who, new Lumisections.Verdict(key, component, first, last, status, why, cause, null));
    }

    /** All but the last few are shown by the quality monitor. */
    private void appear(List<DemoRun> signed) {
        Map<Integer, Set<String>> shown = new HashMap<>();
        var keys = new ArrayList<DatasetKey>();
        for (DemoRun run : signed.subList(0, signed.size() - UNSIGNED)) {
            shown.put(
                    run.number(),
                    Set.of(
                            "/ZeroBias/Run2026A-PromptReco-v1/DQMIO",
                            "/StreamExpress/Run2026A-Express-v1/DQMIO",
                            "/Cosmics/Commissioning2026-PromptReco-v1/DQMIO"));
            datasetsOf(run).forEach(keys::add);
        }
        datasets.appeared(shown, keys);
    }

    private List<DatasetKey> datasetsOf(DemoRun run) {
        return configurations.current().rules().accepted(runs.get(run.number()).runClass(), run.number()).stream()
                .map(a -> new DatasetKey(run.number(), a.name()))
                .toList();
    }

    private void offline(List<DemoRun> signed) {
        List<DemoRun> beams =
                signed.stream().filter(r -> r.kind() == Kind.COLLISIONS).toList();
        int half = beams.size() / 2;
        List<String> workspaces = List.of("dt", "tracker", "csc", "ecal", "muon");
        for (int i = 0; i < half; i++) {
            var key = new DatasetKey(beams.get(i).number(), PROMPT);
            int length = datasets.get(key).length();
            Author expert = i % 2 == 0 ? CHIARA : KENJI;
            if (i % 3 == 1) {
                say(expert, key, "tracker-track", 1, length, "GOOD", "tracking efficiency as expected", "");
                say(expert, key, "tracker-track", 10, 19, "BAD", "hole in BPIX layer 1", "power supply");
            }
            if (i % 4 == 2) {
                say(expert, key, "dt-dt", 20, 35, "BAD", "sector 4 of wheel -1 without readout", "LV");
            }
            if (i % 3 == 0) {
                say(expert, key, "muon-muon", 1, length, "GOOD", "", "");
            }
            for (String workspace : workspaces) {
                datasets.move(expert, key, workspace, i < half / 2 ? "COMPLETED" : "SIGNOFF");
            }
        }
        Instant deadline = beams.getLast().end();
        Cycle first = cycle("Week 19 of 2026", deadline.plus(Duration.ofDays(5)), beams.subList(0, half / 2));
        workspaces.forEach(workspace -> cycles.complete(ELENA, first.id(), workspace, null));
        cycle("Week 20 of 2026", deadline.plus(Duration.ofDays(12)), beams.subList(half / 2, beams.size() - UNSIGNED));
    }

    private Cycle cycle(String name, Instant deadline, List<DemoRun> of) {
        var keys = new TreeSet<DatasetKey>();
        of.forEach(run -> keys.add(new DatasetKey(run.number(), PROMPT)));
        return cycles.create(ELENA, name, deadline, keys);
    }

    /** An act that is taken back, a run that is opened anew, and one whose rules changed their mind after sign-off. */
    private void secondThoughts(List<DemoRun> signed, List<DemoRun> all) {
        DemoRun doubtful = signed.get(4);
        runs.move(KENJI, doubtful.number(), "OPEN");
        say(KENJI, DatasetKey.online(doubtful.number()), "tracker-pixel", 1, 20, "BAD", "timing scan", "");
        long mistaken = history.latest();
        ledger.record(
                ELENA, "undo of version " + mistaken + ": meant for another run", draft -> draft.revoke(mistaken));
        runs.move(KENJI, doubtful.number(), "SIGNOFF");
        DemoRun revised = signed.get(signed.size() - 2);
        revised.report().lumisections().get(10).put("ebp_ready", false);
        revised.report()
                .attributes()
                .put(
                        "last_update",
                        all.getLast().end().plus(Duration.ofHours(25)).toString());
        ingest.take(revised.number(), revised.report());
    }

    private void publish() {
        Visitor manager = new Visitor(Owner.SYSTEM, false, ELENA.name(), Set.of());
        for (Configuration.StoredRule rule : configurations.current().document().goldenRules()) {
            boolean official = rule.name().equals("Golden");
            golden.submit(
                    manager,
                    new GoldenRecords.Asked(
                            rule.rule(), PROMPT, official ? "official, 2026A" : "muons, 2026A", official));
        }
    }

    private static void at(Instant time, Runnable act) {
        Ledger.asIfAt(time, act);
    }
}
