package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Undo;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Version;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The past: every act, what differs between two of them, and taking one back. */
@Controller
class HistoryPages {

    private static final int PAGE = 50;

    private final JdbcClient jdbc;
    private final History history;
    private final States states;
    private final Undo undo;
    private final Moments moments;
    private final Rights rights;
    private final Changes changes;

    HistoryPages(
            JdbcClient jdbc,
            History history,
            States states,
            Undo undo,
            Moments moments,
            Rights rights,
            Changes changes) {
        this.jdbc = jdbc;
        this.history = history;
        this.states = states;
        this.undo = undo;
        this.moments = moments;
        this.rights = rights;
        this.changes = changes;
    }

    /** A version with the runs that it touched. */
    record Line(Version version, List<Integer> runs, boolean undone) {}

    @GetMapping("/certification/log")
    String log(
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String comment,
            @RequestParam(required = false) @Nullable Long before,
            Visitor visitor,
            Model model) {
        model.addAttribute("latest", changes.latest());
        List<Version> found = find(by.strip(), comment.strip(), before == null ? Long.MAX_VALUE : before);
        List<Version> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("lines", lines(shown));
        model.addAttribute("by", by);
        model.addAttribute("comment", comment);
        model.addAttribute("filtered", !by.isBlank() || !comment.isBlank());
        model.addAttribute("first", before == null);
        model.addAttribute("count", history.count());
        model.addAttribute("before", found.size() > PAGE ? shown.getLast().version() : null);
        model.addAttribute("mayUndo", rights.may(visitor, "version.undo", "global"));
        return "certification/log";
    }

    private List<Version> find(String by, String comment, long before) {
        return jdbc.sql("""
            select version, author, comment, at
            from certification.version
            where version < :before
              and (:by = '' or author ilike '%' || :by || '%')
              and (:comment = '' or comment ilike '%' || :comment || '%')
            order by version desc
            limit :limit
            """)
                .param("before", before)
                .param("by", by)
                .param("comment", comment)
                .param("limit", PAGE + 1)
                .query((rs, n) -> new Version(
                        rs.getLong("version"),
                        rs.getString("author"),
                        rs.getString("comment"),
                        rs.getTimestamp("at").toInstant()))
                .list();
    }

    private List<Line> lines(List<Version> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        List<Long> numbers = versions.stream().map(Version::version).toList();
        Map<Long, TreeSet<Integer>> runs = changes.runsOf(numbers);
        List<Long> undone = jdbc.sql("""
            select r.revoked
            from certification.revocation r
            where r.revoked in (:versions)
              and not exists (select from certification.revocation u where u.revoked = r.version)
            """)
                .param("versions", numbers)
                .query((rs, n) -> rs.getLong(1))
                .list();
        return versions.stream()
                .map(v -> new Line(
                        v, List.copyOf(runs.getOrDefault(v.version(), new TreeSet<>())), undone.contains(v.version())))
                .toList();
    }

    /** Takes back what a version said; what was said since stays. */
    @PostMapping("/certification/versions/{version}/undo")
    String undo(
            @PathVariable long version,
            @RequestParam(defaultValue = "0") int run,
            @RequestParam(defaultValue = "") String name,
            Visitor visitor) {
        undo.undo(visitor, version);
        return run == 0
                ? "redirect:/certification/log?done=undone"
                : "redirect:"
                        + RunPages.address(
                                name.isEmpty() ? DatasetKey.online(run) : new DatasetKey(run, name),
                                false,
                                "",
                                "undone");
    }

    /** A value before and after. */
    record Changed(String what, String before, String after) {}

    /** A stretch of lumisections whose value differs. */
    record ChangedStretch(String lane, int first, int last, String before, String after) {

        public String getWhere() {
            return first == last ? Integer.toString(first) : first + "–" + last;
        }
    }

    @GetMapping("/certification/runs/{number}/difference")
    String difference(
            @PathVariable int number,
            @RequestParam(defaultValue = DatasetKey.ONLINE) String name,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Model model) {
        var key = new DatasetKey(number, name);
        Moments.Moment earlier = from.isBlank() ? moments.read("0") : moments.read(from);
        Moments.Moment later = moments.read(to);
        model.addAttribute("run", number);
        model.addAttribute("name", name);
        model.addAttribute("online", key.isOnline());
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("earlier", earlier);
        model.addAttribute("later", later);
        Dataset before = states.dataset(key, earlier.version()).orElse(null);
        Dataset after = states.dataset(key, later.version())
                .orElseThrow(() ->
                        ProblemException.notFound("There is no dataset " + name + " of run " + number + " as of then"));
        var changed = new ArrayList<Changed>();
        if (key.isOnline()) {
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            Run old = states.run(number, earlier.version()).orElse(null);
            Run now = states.run(number, later.version()).orElse(null);
            compare(old == null ? none : old.rr(), now == null ? none : now.rr(), changed);
            compare(old == null ? none : old.oms(), now == null ? none : now.oms(), changed);
        }
        compare(
                before == null ? JsonNodeFactory.instance.objectNode() : before.attributes(),
                after.attributes(),
                changed);
        model.addAttribute("changed", changed);
        model.addAttribute("verdicts", stretches(before == null ? Lanes.NONE : before.verdicts(), after.verdicts()));
        model.addAttribute("bits", stretches(before == null ? Lanes.NONE : before.bits(), after.bits()));
        return "certification/difference";
    }

    private static void compare(ObjectNode before, ObjectNode after, List<Changed> changed) {
        var keys = new TreeSet<>(before.propertyNames());
        keys.addAll(after.propertyNames());
        for (String key : keys) {
            JsonNode old = before.get(key);
            JsonNode now = after.get(key);
            if (old == null ? now != null : !old.equals(now)) {
                changed.add(new Changed(key, shown(old), shown(now)));
            }
        }
    }

    private static List<ChangedStretch> stretches(Lanes before, Lanes after) {
        var result = new ArrayList<ChangedStretch>();
        var keys = new TreeSet<>(before.keys());
        keys.addAll(after.keys());
        for (String key : keys) {
            Lane old = before.lane(key);
            Lane now = after.lane(key);
            for (int[] stretch : Lanes.stretches(List.of(old, now))) {
                JsonNode then = old.at(stretch[0]);
                JsonNode since = now.at(stretch[0]);
                if (then == null ? since != null : !then.equals(since)) {
                    result.add(new ChangedStretch(key, stretch[0], stretch[1], shown(then), shown(since)));
                }
            }
        }
        return result;
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "" : RunHistory.value(value);
    }
}
