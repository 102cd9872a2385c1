package org.colonnade.web.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.Column;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Finds pages by their words, and a visitor's latest work by its title. */
@Controller
class SearchPage {

    private static final int LATEST_JOBS = 500;
    private static final int SHOWN_JOBS = 20;

    private final List<Column> columns;
    private final Jobs jobs;

    SearchPage(List<Column> columns, Jobs jobs) {
        this.columns =
                columns.stream().sorted(Comparator.comparingInt(Column::order)).toList();
        this.jobs = jobs;
    }

    /** A page that was found. */
    record Hit(String title, String path, String summary) {}

    @GetMapping("/search")
    String search(
            Visitor visitor,
            @RequestParam(defaultValue = "") String q,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
            Model model) {
        List<String> words = words(q);
        model.addAttribute("q", q);
        model.addAttribute("pages", words.isEmpty() ? List.of() : pages(words));
        model.addAttribute("jobs", words.isEmpty() ? List.of() : jobs(visitor, words));
        return part ? "web/search :: hits" : "web/search";
    }

    private List<Hit> pages(List<String> words) {
        List<Hit> hits = new ArrayList<>();
        for (Column column : columns) {
            add(hits, words, new Hit(column.title(), column.path(), column.summary()), "");
            column.entries()
                    .forEach(entry ->
                            add(hits, words, new Hit(entry.title(), entry.path(), entry.summary()), column.title()));
        }
        return hits;
    }

    private static void add(List<Hit> hits, List<String> words, Hit hit, String column) {
        String text = hit.title() + " " + hit.summary() + " " + column;
        if (containsAll(text, words)
                && hits.stream().noneMatch(known -> known.path().equals(hit.path()))) {
            hits.add(hit);
        }
    }

    private List<Job> jobs(Visitor visitor, List<String> words) {
        return jobs.list(visitor.owner(), null, null, null, LATEST_JOBS).stream()
                .filter(job -> containsAll(job.title() + " " + job.kind() + " " + job.id(), words))
                .limit(SHOWN_JOBS)
                .toList();
    }

    private static List<String> words(String text) {
        return List.of(fold(text).strip().split("\\s+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean containsAll(String text, List<String> words) {
        String folded = fold(text);
        return words.stream().allMatch(folded::contains);
    }

    /** Without case, and with CO₂ found by co2. */
    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
