package org.colonnade.web.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobEvent;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.LogLine;
import org.colonnade.storage.Artifact;
import org.colonnade.web.IdempotencyKey;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs for scripts. Jobs are submitted where their column says; everything after that is the same for all. */
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs", description = "Everything that outlives a request: follow it, end it, take its results")
class JobsApi {

    private final Jobs jobs;
    private final Work work;
    private final Logs logs;
    private final LiveEndpoint live;
    private final JsonMapper mapper;

    JobsApi(Jobs jobs, Work work, Logs logs, LiveEndpoint live, JsonMapper mapper) {
        this.jobs = jobs;
        this.work = work;
        this.logs = logs;
        this.live = live;
        this.mapper = mapper;
    }

    /** @param next pass it as {@code cursor} to get the following page; absent on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobList(List<JobView> items, @Nullable String next) {}

    /** A job with what went in and what came out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobDetails(
            JobView job, @Nullable Object input, @Nullable Object result) {}

    /** @param from absent for the submission */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventView(
            Instant at,
            String who,
            @Nullable String from,
            String to,
            int attempt,
            @Nullable String why) {

        static EventView of(JobEvent event) {
            return new EventView(
                    event.at(),
                    event.who(),
                    event.from() == null ? null : Words.key(event.from()),
                    Words.key(event.to()),
                    event.attempt(),
                    event.why());
        }
    }

    record EventList(List<EventView> items) {}

    /** @param next pass it as {@code after} to get what follows, now or later */
    record LineList(List<LineView> items, long next) {}

    /** @param href where it can be fetched, also in parts */
    record FileView(String id, String name, String mediaType, long size, String sha256, String href) {

        static FileView of(Job job, Artifact artifact) {
            return new FileView(
                    artifact.id().toString(),
                    artifact.name(),
                    artifact.mediaType(),
                    artifact.size(),
                    artifact.sha256(),
                    "/api/v1/jobs/" + job.id() + "/files/" + artifact.id());
        }
    }

    record FileList(List<FileView> items) {}

    @GetMapping
    @Operation(summary = "Your jobs, newest first")
    JobList list(
            Visitor visitor,
            @Parameter(description = "Only jobs in this state")
                    @RequestParam(required = false)
                    @Pattern(
                            regexp = "queued|running|waiting|completed|failed|timed_out|cancelled",
                            message = "is not a state")
                    @Nullable
                    String state,
            @Parameter(description = "Only jobs of this kind")
                    @RequestParam(required = false)
                    @Size(max = 100)
                    @Nullable
                    String kind,
            @Parameter(description = "How many at most") @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            @Parameter(description = "The next of the page before")
                    @RequestParam(required = false)
                    @Size(max = 100)
                    @Nullable
                    String cursor) {
        JobState wanted = state == null ? null : Words.state(state).orElseThrow();
        List<Job> found =
                jobs.list(visitor.owner(), kind, wanted, cursor == null ? null : last(visitor, cursor), limit + 1);
        List<Job> shown = found.subList(0, Math.min(limit, found.size()));
        return new JobList(
                shown.stream().map(job -> JobView.of(job, null)).toList(),
                found.size() > limit ? shown.getLast().id().toString() : null);
    }

    private JobId last(Visitor visitor, String cursor) {
        try {
            return work.find(visitor, cursor).id();
        } catch (ProblemException e) {
            throw ProblemException.invalid("cursor", "is not one that a list of yours ended with");
        }
    }

    @GetMapping("/{id}")
    @Operation(summary = "One job with its input and result")
    JobDetails job(Visitor visitor, @PathVariable String id) {
        Job job = work.find(visitor, id);
        return new JobDetails(
                JobView.of(job, jobs.outlook(job.id()).orElse(null)), json(job.input()), json(job.result()));
    }

    private @Nullable Object json(@Nullable String text) {
        return text == null ? null : mapper.convertValue(mapper.readValue(text, JsonNode.class), Object.class);
    }

    @GetMapping("/{id}/events")
    @Operation(summary = "What happened to a job: every change of its state, with who and why")
    EventList events(Visitor visitor, @PathVariable String id) {
        return new EventList(jobs.events(work.find(visitor, id).id()).stream()
                .map(EventView::of)
                .toList());
    }

    @GetMapping(path = "/{id}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "A job as it changes, as server-sent events",
            description =
                    "Events: job (a job), log (a list of lines; its id is the sequence of the last), end. Goes on after Last-Event-ID.")
    @Nullable
    SseEmitter live(
            Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        return live.open(visitor, id, request, response);
    }

    @GetMapping("/{id}/log")
    @Operation(summary = "Lines of a job's log")
    LineList log(
            Visitor visitor,
            @PathVariable String id,
            @Parameter(description = "The sequence of the last line that you have")
                    @RequestParam(defaultValue = "0")
                    @Min(0)
                    long after,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit) {
        List<LogLine> lines = jobs.log(work.find(visitor, id).id(), after, limit);
        return new LineList(
                lines.stream().map(LineView::of).toList(),
                lines.isEmpty() ? after : lines.getLast().sequence());
    }

    @GetMapping(path = "/{id}/log.txt", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "A job's whole log as text")
    void text(Visitor visitor, @PathVariable String id, HttpServletResponse response) throws IOException {
        JobId job = work.find(visitor, id).id();
        response.setContentType("text/plain;charset=UTF-8");
        logs.write(job, response.getOutputStream());
    }

    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ends a job",
            description = "A queued job ends at once, a running one within seconds. 409 if it ended by itself.")
    JobView cancel(Visitor visitor, @PathVariable String id) {
        Job job = work.find(visitor, id);
        work.cancel(visitor, job);
        return JobView.of(jobs.find(job.id()).orElse(job), null);
    }

    @PostMapping("/{id}/again")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Submits the same input once more")
    JobView again(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        JobId next = work.again(visitor, work.find(visitor, id), IdempotencyKey.of(request));
        response.setHeader("Location", "/api/v1/jobs/" + next);
        return JobView.of(jobs.find(next).orElseThrow(), null);
    }

    @GetMapping("/{id}/files")
    @Operation(summary = "A job's files")
    FileList files(Visitor visitor, @PathVariable String id) {
        Job job = work.find(visitor, id);
        return new FileList(
                work.files(job).stream().map(file -> FileView.of(job, file)).toList());
    }

    @GetMapping(path = "/{id}/files/{file}", produces = MediaType.ALL_VALUE)
    @Operation(summary = "One file; resumable by Range")
    void file(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String file,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        work.file(work.find(visitor, id), file, request, response);
    }

    @GetMapping(path = "/{id}/zip", produces = "application/zip")
    @Operation(summary = "All files of a job as a zip; resumable by Range")
    void zip(Visitor visitor, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        work.zip(work.find(visitor, id), request, response);
    }
}
