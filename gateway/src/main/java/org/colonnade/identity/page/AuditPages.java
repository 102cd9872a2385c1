package org.colonnade.identity.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.colonnade.identity.AuditLog.Outcome;
import org.colonnade.identity.audit.AuditJournal;
import org.colonnade.identity.audit.AuditJournal.Entry;
import org.colonnade.identity.audit.AuditJournal.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit log, for administrators. */
@Controller
class AuditPages {

    private static final int PAGE = 100;
    private static final int BATCH = 1000;

    private final AuditJournal journal;

    AuditPages(AuditJournal journal) {
        this.journal = journal;
    }

    /** What the form asks for; dates are days in UTC, the last one included. */
    record Query(
            @Nullable String who,
            @Nullable String action,
            @Nullable String target,
            @Nullable Outcome outcome,
            @Nullable String since,
            @Nullable String until,
            @Nullable Long before) {

        Filter filter(@Nullable Long from) {
            LocalDate last = day(until);
            LocalDate first = day(since);
            return new Filter(
                    text(who),
                    text(action),
                    text(target),
                    outcome,
                    start(first),
                    start(last == null ? null : last.plusDays(1)),
                    from);
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }

        private static @Nullable LocalDate day(@Nullable String value) {
            try {
                return value == null || value.isBlank() ? null : LocalDate.parse(value.strip());
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        private static @Nullable Instant start(@Nullable LocalDate day) {
            return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    @GetMapping("/admin/audit")
    String page(Query query, Model model) {
        List<Entry> found = journal.list(query.filter(query.before()), PAGE + 1);
        List<Entry> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("query", query);
        model.addAttribute("entries", shown);
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("csv", address("/admin/audit.csv", query, null));
        model.addAttribute(
                "older",
                found.size() > PAGE
                        ? address("/admin/audit", query, shown.getLast().sequence())
                        : null);
        return "identity/audit";
    }

    private static String address(String path, Query query, @Nullable Long before) {
        var uri = UriComponentsBuilder.fromPath(path);
        Map<String, Object> values = new HashMap<>();
        add(uri, values, "who", query.who());
        add(uri, values, "action", query.action());
        add(uri, values, "target", query.target());
        add(uri, values, "outcome", query.outcome());
        add(uri, values, "since", query.since());
        add(uri, values, "until", query.until());
        add(uri, values, "before", before);
        return uri.encode().buildAndExpand(values).toUriString();
    }

    private static void add(UriComponentsBuilder uri, Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }

    /** Everything that the filter lets through, read and written in batches. */
    @GetMapping("/admin/audit.csv")
    void csv(Query query, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
        PrintWriter out = response.getWriter();
        out.print("sequence,at,who,name,address,action,target,outcome,detail\r\n");
        Long before = null;
        while (true) {
            List<Entry> batch = journal.list(query.filter(before), BATCH);
            batch.forEach(entry -> out.print(line(entry)));
            if (batch.size() < BATCH) {
                return;
            }
            before = batch.getLast().sequence();
        }
    }

    private static String line(Entry entry) {
        return Stream.of(
                                Long.toString(entry.sequence()),
                                entry.at().toString(),
                                entry.who(),
                                entry.whoName(),
                                entry.address(),
                                entry.action(),
                                entry.target(),
                                entry.outcome().name(),
                                entry.detail())
                        .map(AuditPages::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** Quoted by RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
