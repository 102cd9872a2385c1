package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.colonnade.certification.certify.Incoming;
import org.colonnade.certification.certify.OmsReading;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.LumisectionFacts;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.colonnade.certification.lumisection.Ranges;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What other rules would say about runs that are there already. Nothing is written. */
@Component
class DryRun {

    private static final int MOST_LINES = 20;

    private final JdbcClient jdbc;
    private final States states;

    DryRun(JdbcClient jdbc, States states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /** What would be said otherwise about one run, one line each. */
    record Effect(int run, List<String> changes) {}

    /** What rules say about one run. */
    record Said(Incoming online, Lanes offline) {}

    /** @param looked how many runs were judged twice */
    record Result(int looked, List<Effect> effects) {}

    /** The latest runs. */
    Result compare(RuleBook before, RuleBook after, int runs) {
        List<Integer> numbers = jdbc.sql(
                        "select run_number from certification.run where not deleted order by run_number desc limit :limit")
                .param("limit", runs)
                .query((rs, n) -> rs.getInt(1))
                .list();
        var effects = new ArrayList<Effect>();
        int looked = 0;
        for (int number : numbers) {
            Run run = states.run(number, States.NOW).orElse(null);
            Dataset dataset =
                    states.dataset(DatasetKey.online(number), States.NOW).orElse(null);
            if (run != null && dataset != null) {
                looked++;
                List<String> changes = changes(judge(run, dataset, before), judge(run, dataset, after));
                if (!changes.isEmpty()) {
                    effects.add(new Effect(number, changes));
                }
            }
        }
        return new Result(looked, effects);
    }

    Said judge(Run run, Dataset dataset, RuleBook rules) {
        var lumisections = new ArrayList<ObjectNode>();
        for (int ls = 1; ls <= dataset.bits().last(); ls++) {
            lumisections.add(LanesJson.object(dataset.bits().valuesAt(ls)));
        }
        Incoming online = OmsReading.read(
                run.oms(), lumisections, JsonNodeFactory.instance.objectNode(), rules, run.isSignificant());
        ObjectNode constant = JsonNodeFactory.instance.objectNode();
        ObjectNode of = constant.putObject("run");
        of.set("oms", run.oms());
        of.set("rr", run.rr());
        Lanes offline = dataset.verdicts().isEmpty()
                ? Lanes.NONE
                : rules.verdicts(
                        Configuration.OFFLINE,
                        LumisectionFacts.nested(constant, dataset.bits(), dataset.verdicts(), v -> v),
                        dataset.length());
        return new Said(online, offline);
    }

    private static List<String> changes(Said before, Said after) {
        var lines = new ArrayList<String>();
        for (String key : List.of("class", "significant")) {
            String old = RunHistory.value(before.online().rr().path(key));
            String now = RunHistory.value(after.online().rr().path(key));
            if (!old.equals(now)) {
                lines.add(key + ": " + (old.isEmpty() ? "none" : old) + " → " + (now.isEmpty() ? "none" : now));
            }
        }
        compare("", before.online().verdicts(), after.online().verdicts(), lines);
        compare("offline ", before.offline(), after.offline(), lines);
        return lines.size() <= MOST_LINES ? lines : shortened(lines);
    }

    private static List<String> shortened(List<String> lines) {
        var result = new ArrayList<>(lines.subList(0, MOST_LINES));
        result.add("and " + (lines.size() - MOST_LINES) + " more");
        return result;
    }

    private static void compare(String area, Lanes before, Lanes after, List<String> lines) {
        var names = new TreeSet<>(before.keys());
        names.addAll(after.keys());
        for (String name : names) {
            Lane old = before.lane(name);
            Lane now = after.lane(name);
            if (old.equals(now)) {
                continue;
            }
            for (int[] stretch : Lanes.stretches(List.of(old, now))) {
                var then = old.at(stretch[0]);
                var since = now.at(stretch[0]);
                String was = then == null ? "none" : Summary.status(then);
                String is = since == null ? "none" : Summary.status(since);
                if (!was.equals(is)) {
                    lines.add(area + name + " " + RangeText.write(Ranges.of(stretch[0], stretch[1])) + ": " + was
                            + " → " + is);
                }
            }
        }
    }
}
