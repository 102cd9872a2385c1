package org.colonnade.web.work;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Opens the live stream of a job, for pages and for the API. */
@Component
class LiveEndpoint {

    private final Jobs jobs;
    private final Work work;
    private final Streams streams;

    LiveEndpoint(Jobs jobs, Work work, Streams streams) {
        this.jobs = jobs;
        this.work = work;
        this.streams = streams;
    }

    /** @return null, with status 204, if there is nothing more to tell: browsers then do not ask again */
    @Nullable
    SseEmitter open(Visitor visitor, String id, HttpServletRequest request, HttpServletResponse response) {
        Job job = work.find(visitor, id);
        long after = after(request);
        if (after >= 0
                && request.getHeader("Last-Event-ID") != null
                && job.state().isFinal()
                && jobs.log(job.id(), after, 1).isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null;
        }
        var emitter = new SseEmitter(0L);
        // Proxies that buffer would hold events back.
        response.setHeader("X-Accel-Buffering", "no");
        streams.start(visitor.owner(), new LiveJob(jobs, job.id(), Math.max(0, after), emitter));
        return emitter;
    }

    /** The last line that the listener has: what the browser remembers, or what the page said at first. */
    private static long after(HttpServletRequest request) {
        String last = request.getHeader("Last-Event-ID");
        String text = last == null ? request.getParameter("after") : last;
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
