package org.colonnade.certification.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.colonnade.certification.certify.OmsReading;
import org.colonnade.certification.certify.OmsReading.Judgement;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.LanesJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What other rules would say about runs that were taken before, compared with what the present rules say of the same
 * facts. Only what the registry stores can be asked: attributes of runs, detector bits, prescales and luminosity. Nothing
 * is written.
 */
@Service
public class DryRun {

    /** How many runs one dry run looks at. */
    public static final int MAX_RUNS = 5_000;

    private static final int SHOWN = 200;
    private static final int BATCH = 200;

    private final Configurations configurations;
    private final Listing listing;
    private final JdbcClient jdbc;

    DryRun(Configurations configurations, Listing listing, JdbcClient jdbc) {
        this.configurations = configurations;
        this.listing = listing;
        this.jdbc = jdbc;
    }

    /**
     * @param runs how many were looked at
     * @param changed for how many of them the rules give something else
     * @param lumisections how many change, by component and by {@code GOOD → BAD}
     * @param examples the newest of the changed runs
     */
    public record Effect(
            int runs,
            int changed,
            SortedMap<String, SortedMap<String, Integer>> lumisections,
            List<RunEffect> examples) {}

    /** @param verdicts what changes online and, as {@code offline dt-dt}, in datasets made from the run */
    public record RunEffect(
            int run,
            String classBefore,
            String classAfter,
            boolean significantBefore,
            boolean significantAfter,
            List<VerdictEffect> verdicts) {}

    /** @param visible false where somebody's own verdict stands above those of rules */
    public record VerdictEffect(String component, int first, int last, String before, String after, boolean visible) {}

    private record Row(int run, String oms, String rr, String bits, String verdicts, int length) {}

    /** @param filter of runs, in the grammar of lists; the newest that match are looked at */
    public Effect of(Configuration wanted, JsonNode filter) {
        return of(wanted, filter, MAX_RUNS);
    }

    /** @param most how many runs are looked at */
    public Effect of(Configuration wanted, JsonNode filter, int most) {
        RuleBook before = configurations.current().rules();
        RuleBook after = new RuleBook(wanted);
        List<Integer> runs = listing.runNumbers(filter, Math.min(most, MAX_RUNS));
        var totals = new TreeMap<String, SortedMap<String, Integer>>();
        var examples = new ArrayList<RunEffect>();
        int changed = 0;
        for (int i = 0; i < runs.size(); i += BATCH) {
            List<RunEffect> effects = rows(runs.subList(i, Math.min(runs.size(), i + BATCH))).parallelStream()
                    .map(row -> effect(row, before, after))
                    .filter(DryRun::isChange)
                    .toList();
            changed += effects.size();
            effects.forEach(e -> e.verdicts()
                    .forEach(v -> totals.computeIfAbsent(v.component(), c -> new TreeMap<>())
                            .merge(v.before() + " → " + v.after(), v.last() - v.first() + 1, Integer::sum)));
            effects.stream().limit(Math.max(0, SHOWN - examples.size())).forEach(examples::add);
        }
        return new Effect(runs.size(), changed, totals, List.copyOf(examples));
    }

    private static boolean isChange(RunEffect effect) {
        return !effect.classBefore().equals(effect.classAfter())
                || effect.significantBefore() != effect.significantAfter()
                || !effect.verdicts().isEmpty();
    }

    private List<Row> rows(List<Integer> runs) {
        return jdbc.sql("""
            select r.run_number, r.oms, r.rr, d.oms as bits, d.rr as verdicts, d.lumisections
            from certification.run r
            join certification.dataset d on d.run_number = r.run_number and d.name = 'online'
            where r.run_number in (:runs) and not r.deleted
            order by r.run_number desc
            """)
                .param("runs", runs)
                .query((rs, n) -> new Row(
                        rs.getInt("run_number"),
                        rs.getString("oms"),
                        rs.getString("rr"),
                        rs.getString("bits"),
                        rs.getString("verdicts"),
                        rs.getInt("lumisections")))
                .list();
    }

    /**
     * What rules say about one run.
     *
     * @param rr class and significance
     * @param offline for datasets made from the run as it stands
     */
    public record Said(ObjectNode rr, Lanes online, Lanes offline) {}

    /** @return empty if there is no such run */
    public Optional<Said> judge(int run, RuleBook rules) {
        return rows(List.of(run)).stream().map(row -> said(row, rules)).findFirst();
    }

    private static Said said(Row row, RuleBook rules) {
        ObjectNode oms = object(row.oms());
        ObjectNode rr = object(row.rr());
        Lanes bits = LanesJson.read(row.bits());
        int length = Math.max(row.length(), bits.last());
        // A run that people found worth it is judged whatever the rules say.
        boolean always = rr.path("significant").asBoolean(false);
        Judgement online = OmsReading.judge(oms, bits, JsonNodeFactory.instance.objectNode(), rules, always, length);
        Lanes seen = LanesJson.read(row.verdicts());
        Lanes offline = seen.isEmpty() ? Lanes.NONE : OmsReading.offlineVerdicts(rules, oms, rr, bits, seen, length);
        return new Said(online.rr(), online.verdicts(), offline);
    }

    private static RunEffect effect(Row row, RuleBook before, RuleBook after) {
        Said old = said(row, before);
        Said now = said(row, after);
        var verdicts = new ArrayList<VerdictEffect>();
        compare("", old.online(), now.online(), LanesJson.read(row.verdicts()), verdicts);
        compare("offline ", old.offline(), now.offline(), Lanes.NONE, verdicts);
        return new RunEffect(
                row.run(),
                old.rr().path("class").asString(""),
                now.rr().path("class").asString(""),
                old.rr().path("significant").asBoolean(false),
                now.rr().path("significant").asBoolean(false),
                verdicts);
    }

    /** Also where one of the two has no verdict, which is shown as an empty one. */
    private static void compare(String prefix, Lanes before, Lanes after, Lanes seen, List<VerdictEffect> into) {
        var components = new TreeMap<String, Boolean>();
        before.keys().forEach(k -> components.put(k, true));
        after.keys().forEach(k -> components.put(k, true));
        for (String component : components.keySet()) {
            Lane old = before.lane(component);
            Lane now = after.lane(component);
            if (old.equals(now)) {
                continue;
            }
            Lane shown = seen.lane(component);
            for (int[] stretch : Lanes.stretches(List.of(old, now, shown))) {
                String from = status(old.at(stretch[0]));
                String to = status(now.at(stretch[0]));
                if (!from.equals(to)) {
                    String visible = status(shown.at(stretch[0]));
                    boolean own = !seen.isEmpty() && !visible.equals(from);
                    into.add(new VerdictEffect(prefix + component, stretch[0], stretch[1], from, to, !own));
                }
            }
        }
    }

    private static String status(@Nullable JsonNode verdict) {
        return verdict == null ? Summary.EMPTY : Summary.status(verdict);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
