package org.colonnade.web.work;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.colonnade.storage.Downloads;
import org.colonnade.web.JobPage;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a visitor may do with jobs: their own, and for administrators everybody's. What is not theirs does not exist. */
@Component
class Work {

    private final Jobs jobs;
    private final Artifacts artifacts;
    private final Downloads downloads;
    private final Map<String, JobPage> pages;

    Work(Jobs jobs, Artifacts artifacts, Downloads downloads, List<JobPage> pages) {
        this.jobs = jobs;
        this.artifacts = artifacts;
        this.downloads = downloads;
        this.pages = pages.stream().collect(Collectors.toUnmodifiableMap(JobPage::kind, Function.identity()));
    }

    /** @throws ProblemException if there is no such job for this visitor */
    Job find(Visitor visitor, String id) {
        return parse(id)
                .flatMap(jobs::find)
                .filter(job -> job.owner().equals(visitor.owner()) || visitor.isAdmin())
                .orElseThrow(() -> ProblemException.notFound("There is no such job"));
    }

    private static Optional<JobId> parse(String id) {
        try {
            return Optional.of(JobId.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<JobPage> page(String kind) {
        return Optional.ofNullable(pages.get(kind));
    }

    /** The kinds that people know by a name. */
    List<JobPage> pages() {
        return pages.values().stream()
                .sorted((a, b) -> a.name().compareToIgnoreCase(b.name()))
                .toList();
    }

    String kindName(String kind) {
        return page(kind).map(JobPage::name).orElse(kind);
    }

    /** @throws ProblemException if it has ended otherwise */
    void cancel(Visitor visitor, Job job) {
        if (!jobs.cancel(job.id(), visitor.owner().value(), "Cancelled by " + visitor.name())) {
            Job now = jobs.find(job.id()).orElse(job);
            if (now.state().isFinal() && now.state() != JobState.CANCELLED) {
                throw ProblemException.of(ProblemType.CONFLICT, "The job has already ended: " + Words.of(now.state()));
            }
        }
    }

    /** @throws ProblemException if this kind cannot simply be submitted once more */
    JobId again(Visitor visitor, Job job, @Nullable String key) {
        if (!canRunAgain(job)) {
            throw ProblemException.of(
                    ProblemType.CONFLICT, "A job of this kind is run again from its own page, not from here");
        }
        return jobs.submit(JobRequest.of(job.kind(), visitor.owner(), job.title(), job.input())
                .withPriority(job.priority())
                .withIdempotencyKey(key));
    }

    boolean canRunAgain(Job job) {
        return job.state().isFinal()
                && job.parent() == null
                && page(job.kind()).filter(page -> page.again() == null).isPresent();
    }

    List<Artifact> files(Job job) {
        return artifacts.list(group(job.id()));
    }

    void file(Job job, String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Artifact artifact = files(job).stream()
                .filter(candidate -> candidate.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("This job has no such file"));
        if ("1".equals(request.getParameter("inline"))) {
            downloads.show(downloads.file(artifact), request, response);
        } else {
            downloads.attach(downloads.file(artifact), request, response);
        }
    }

    void zip(Job job, HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Artifact> files = files(job);
        if (files.isEmpty()) {
            throw ProblemException.notFound("This job has no files");
        }
        downloads.attach(downloads.archiveOf(job.title() + ".zip", files), request, response);
    }

    /** Under which a job's files are stored. */
    static String group(JobId id) {
        return "job:" + id;
    }
}
