package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells pages what changes while people look at them. While anybody listens, one thread looks once a second for versions
 * that are new, whichever gateway wrote them; nobody listening costs nothing.
 */
@Controller
class Live implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int ALIVE_EVERY = 20;
    private static final int PER_PERSON = 20;

    private record Listener(Owner person, SseEmitter emitter) {}

    private final Changes changes;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Map<Owner, Integer> counts = new ConcurrentHashMap<>();
    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean open;
    private volatile @Nullable Thread thread;
    private long told;

    Live(Changes changes) {
        this.changes = changes;
    }

    /** @param after the version that the page shows; what came since is told at once */
    @GetMapping(value = "/certification/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live(
            Visitor visitor,
            @RequestParam(defaultValue = "-1") long after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (counts.getOrDefault(visitor.owner(), 0) >= PER_PERSON || !open) {
            throw ProblemException.retryLater(
                    ProblemType.TOO_MANY_REQUESTS,
                    "You already have " + PER_PERSON + " live pages open; close another one first",
                    Duration.ofSeconds(30));
        }
        response.setHeader("X-Accel-Buffering", "no");
        var emitter = new SseEmitter(0L);
        var listener = new Listener(visitor.owner(), emitter);
        emitter.onCompletion(() -> forget(listener));
        emitter.onError(error -> forget(listener));
        starting.lock();
        try {
            String last = request.getHeader("Last-Event-ID");
            long from = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : after;
            if (thread == null) {
                told = changes.latest();
                thread = Thread.ofVirtual().name("certification-live").start(this::watch);
            }
            List<Changes.Change> missed = from < 0 || from >= told ? List.of() : changes.since(from);
            emitter.send(SseEmitter.event().comment("listening"));
            for (Changes.Change change : missed) {
                if (change.version() <= told) {
                    emitter.send(event(change));
                }
            }
            counts.merge(visitor.owner(), 1, Integer::sum);
            listeners.add(listener);
        } finally {
            starting.unlock();
        }
        return emitter;
    }

    private void watch() {
        int looks = 0;
        while (open) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                break;
            }
            starting.lock();
            try {
                if (listeners.isEmpty()) {
                    thread = null;
                    return;
                }
                tell(++looks % ALIVE_EVERY == 0);
            } catch (DataAccessException e) {
                LOG.warn("Changes cannot be looked for, and will be again: {}", e.getMessage());
            } finally {
                starting.unlock();
            }
        }
        listeners.forEach(listener -> listener.emitter().complete());
    }

    private void tell(boolean alive) {
        List<Changes.Change> news = changes.latest() > told ? changes.since(told) : List.of();
        for (Changes.Change change : news) {
            told = Math.max(told, change.version());
            listeners.forEach(listener -> send(listener, event(change)));
        }
        if (alive && news.isEmpty()) {
            listeners.forEach(listener -> send(listener, SseEmitter.event().comment("still here")));
        }
    }

    private static SseEmitter.SseEventBuilder event(Changes.Change change) {
        return SseEmitter.event()
                .id(Long.toString(change.version()))
                .name("change")
                .data(JsonMapper.shared().writeValueAsString(change));
    }

    private void send(Listener listener, SseEmitter.SseEventBuilder event) {
        try {
            listener.emitter().send(event);
        } catch (IOException | IllegalStateException gone) {
            forget(listener);
        }
    }

    private void forget(Listener listener) {
        if (listeners.remove(listener)) {
            counts.computeIfPresent(listener.person(), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
        listeners.forEach(listener -> listener.emitter().complete());
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}
