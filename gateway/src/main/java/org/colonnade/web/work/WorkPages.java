package org.colonnade.web.work;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.FileHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.util.UriComponentsBuilder;

/** The pages about jobs. */
@Controller
class WorkPages {

    private static final int ROWS = 50;

    private final Jobs jobs;
    private final Work work;
    private final Logs logs;
    private final LiveEndpoint live;
    private final Panels panels;

    WorkPages(Jobs jobs, Work work, Logs logs, LiveEndpoint live, Panels panels) {
        this.jobs = jobs;
        this.work = work;
        this.logs = logs;
        this.live = live;
        this.panels = panels;
    }

    /** A line of the list. */
    record Row(Job job, String kind, @Nullable String duration) {}

    @GetMapping("/jobs")
    String list(
            Visitor visitor,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "false") boolean everybody,
            Model model) {
        boolean all = everybody && visitor.isAdmin();
        JobState wanted = Words.state(state).orElse(null);
        JobId last = before.isEmpty() ? null : work.find(visitor, before).id();
        List<Job> found = jobs.list(all ? null : visitor.owner(), kind.isBlank() ? null : kind, wanted, last, ROWS + 1);
        List<Job> shown = found.subList(0, Math.min(ROWS, found.size()));
        var now = Clock.systemUTC().instant();
        model.addAttribute(
                "rows",
                shown.stream()
                        .map(job -> new Row(job, work.kindName(job.kind()), Words.duration(job, now)))
                        .toList());
        model.addAttribute(
                "states", Arrays.stream(JobState.values()).map(Words::key).toList());
        model.addAttribute("kinds", work.pages());
        model.addAttribute("state", wanted == null ? "" : state);
        model.addAttribute("kind", kind);
        model.addAttribute("everybody", all);
        model.addAttribute("filtered", wanted != null || !kind.isBlank());
        var here = UriComponentsBuilder.fromPath("/jobs");
        if (wanted != null) {
            here.queryParam("state", "{state}");
        }
        if (!kind.isBlank()) {
            here.queryParam("kind", "{kind}");
        }
        if (all) {
            here.queryParam("everybody", true);
        }
        var values = Map.of("state", state, "kind", kind);
        model.addAttribute(
                "newest",
                last == null ? null : here.encode().buildAndExpand(values).toUriString());
        model.addAttribute(
                "older",
                found.size() > ROWS
                        ? here.cloneBuilder()
                                .queryParam("before", shown.getLast().id())
                                .encode()
                                .buildAndExpand(values)
                                .toUriString()
                        : null);
        return "web/jobs";
    }

    @GetMapping("/jobs/count")
    String count(Visitor visitor, Model model) {
        model.addAttribute("unfinished", jobs.countUnfinished(visitor.owner()));
        return "web/count";
    }

    @GetMapping("/jobs/{id}")
    String job(Visitor visitor, @PathVariable String id, @RequestParam(defaultValue = "") String find, Model model) {
        Job job = work.find(visitor, id);
        panels.addStatus(job, false, model);
        model.addAttribute("find", find);
        model.addAttribute(
                "log",
                find.isBlank()
                        ? logs.tail(job.id(), Panels.LINES)
                        : logs.matching(job.id(), find.strip(), Panels.LINES));
        return "web/job";
    }

    /** What changes on the page of a job, without the log. */
    @GetMapping("/jobs/{id}/status")
    String status(
            Visitor visitor, @PathVariable String id, @RequestParam(defaultValue = "false") boolean own, Model model) {
        panels.addStatus(work.find(visitor, id), own, model);
        return "web/job-parts :: status";
    }

    @GetMapping(path = "/jobs/{id}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Nullable
    SseEmitter live(
            Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        return live.open(visitor, id, request, response);
    }

    @GetMapping("/jobs/{id}/log")
    void log(Visitor visitor, @PathVariable String id, HttpServletResponse response) throws IOException {
        Job job = work.find(visitor, id);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Content-Disposition", FileHeaders.disposition("attachment", job.title() + ".log"));
        logs.write(job.id(), response.getOutputStream());
    }

    @GetMapping("/jobs/{id}/files/{file}")
    void file(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String file,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        work.file(work.find(visitor, id), file, request, response);
    }

    @GetMapping("/jobs/{id}/zip")
    void zip(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        work.zip(work.find(visitor, id), request, response);
    }

    @PostMapping("/jobs/{id}/cancel")
    String cancel(Visitor visitor, @PathVariable String id, @RequestParam(defaultValue = "false") boolean own) {
        Job job = work.find(visitor, id);
        work.cancel(visitor, job);
        return "redirect:" + (own ? page(job.id()) : "/jobs/" + job.id());
    }

    @PostMapping("/jobs/{id}/again")
    String again(Visitor visitor, @PathVariable String id) {
        return "redirect:" + page(work.again(visitor, work.find(visitor, id), null));
    }

    /** Of the column, if it has one. */
    private String page(JobId id) {
        return jobs.find(id)
                .flatMap(job -> work.page(job.kind()))
                .map(page -> page.pathOf(id))
                .orElse("/jobs/" + id);
    }
}
