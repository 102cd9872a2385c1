package org.colonnade.web.work;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.LogLine;
import org.colonnade.jobs.Outlook;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells one listener about one job as server-sent events: {@code job} with a {@link JobView} when something changed,
 * {@code log} with new lines, {@code end} at the end. Each log event has the sequence of its last line as id, so that a
 * listener that lost the connection goes on where it was. Between two looks it holds a semaphore and nothing else, in
 * particular no database connection.
 */
final class LiveJob implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveJob.class);
    private static final int LINES = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** Changes that follow each other faster than this are told together. */
    private static final Duration MERGE = Duration.ofMillis(100);

    private final Jobs jobs;
    private final JobId id;
    private final SseEmitter emitter;
    private final Semaphore news = new Semaphore(0);
    private long after;
    private @Nullable JobView told;

    LiveJob(Jobs jobs, JobId id, long after, SseEmitter emitter) {
        this.jobs = jobs;
        this.id = id;
        this.after = after;
        this.emitter = emitter;
    }

    @Override
    public void run() {
        try (var following = jobs.follow(id, news::release)) {
            while (tell()) {
                if (news.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(MERGE);
                    news.drainPermits();
                } else {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            emitter.send(SseEmitter.event().name("end").data("{}", MediaType.APPLICATION_JSON));
            emitter.complete();
        } catch (InterruptedException e) {
            // The gateway stops; the listener will ask another one, or this one when it is back.
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A listener of job {} is gone: {}", id, e.toString());
        } catch (Exception e) {
            LOG.warn("Job {} could not be followed: {}", id, e.toString());
            emitter.complete();
        }
    }

    /** @return false when all is told */
    private boolean tell() throws IOException {
        // The job first: lines that come after this look belong to the next one.
        Job job = jobs.find(id).orElse(null);
        if (job == null) {
            return false;
        }
        List<LogLine> lines = jobs.log(id, after, LINES);
        while (!lines.isEmpty()) {
            after = lines.getLast().sequence();
            emitter.send(SseEmitter.event()
                    .name("log")
                    .id(Long.toString(after))
                    .data(lines.stream().map(LineView::of).toList(), MediaType.APPLICATION_JSON));
            lines = lines.size() < LINES ? List.of() : jobs.log(id, after, LINES);
        }
        Outlook outlook = jobs.outlook(id).orElse(null);
        JobView view = JobView.of(job, outlook);
        if (!view.equals(told)) {
            emitter.send(SseEmitter.event().name("job").data(view, MediaType.APPLICATION_JSON));
            told = view;
        }
        return !job.state().isFinal();
    }
}
