package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up with all resources of one kind that are ours: lists them once, then watches from that version on. A watch that ends is
 * resumed where it stopped; when the server does not remember so far back (410), everything is listed again. Each watch is
 * short, so that a connection on which nothing arrives any more is noticed soon.
 */
final class ResourceWatch<T extends HasMetadata> implements AutoCloseable {

    /** Of one watch. */
    static final Duration LENGTH = Duration.ofSeconds(45);

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    /** What is told of the resources. */
    interface Listener<T> {

        /** These are all. */
        void all(List<T> resources);

        void changed(T resource);

        void gone(T resource);

        /** The server answers. */
        void answered();

        void failed(Exception e);
    }

    private final FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> resources;
    private final Listener<T> listener;
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong watches = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable String version;
    private volatile boolean closed;

    ResourceWatch(
            String name,
            FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> resources,
            Listener<T> listener) {
        this.resources = resources;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("kubernetes-watch-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    long lists() {
        return lists.get();
    }

    long watches() {
        return watches.get();
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try {
                String from = version;
                if (from == null) {
                    from = list();
                } else {
                    probe();
                }
                pause = SHORTEST_PAUSE;
                if (watch(from)) {
                    continue;
                }
            } catch (InterruptedException e) {
                return;
            } catch (KubernetesClientException e) {
                if (isGone(e)) {
                    version = null;
                    continue;
                }
                if (closed) {
                    return;
                }
                listener.failed(e);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
            try {
                Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1)));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isGone(KubernetesClientException e) {
        return e.getCode() == 410;
    }

    private String list() {
        KubernetesResourceList<T> all = resources.list(new ListOptions());
        lists.incrementAndGet();
        listener.all(all.getItems());
        listener.answered();
        String from = all.getMetadata().getResourceVersion();
        version = from;
        return from;
    }

    /** A watch that could not be opened looks like one that ended, so the server is asked first whether it answers. */
    private void probe() {
        resources.list(new ListOptionsBuilder().withLimit(1L).build());
        listener.answered();
    }

    /** @return whether it ended as it should: its time was over, or the version was too old */
    private boolean watch(String from) throws InterruptedException {
        var end = new CompletableFuture<Optional<WatcherException>>();
        ListOptions options = new ListOptionsBuilder()
                .withResourceVersion(from)
                .withAllowWatchBookmarks(true)
                .withTimeoutSeconds(LENGTH.toSeconds())
                .build();
        try (Watch watch = resources.watch(options, new Events(end))) {
            watches.incrementAndGet();
            Optional<WatcherException> why = end.get(LENGTH.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            if (why.filter(WatcherException::isHttpGone).isPresent()) {
                version = null;
                return true;
            }
            return why.isEmpty();
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Events implements Watcher<T> {

        private final CompletableFuture<Optional<WatcherException>> end;

        Events(CompletableFuture<Optional<WatcherException>> end) {
            this.end = end;
        }

        @Override
        public void eventReceived(Action action, T resource) {
            // A call of somebody else may have failed since the watch was opened.
            listener.answered();
            switch (action) {
                case ADDED, MODIFIED -> listener.changed(resource);
                case DELETED -> listener.gone(resource);
                case BOOKMARK, ERROR -> {}
            }
            if (action != Action.ERROR && resource.getMetadata() != null) {
                version = resource.getMetadata().getResourceVersion();
            }
        }

        @Override
        public void onClose() {
            end.complete(Optional.empty());
        }

        @Override
        public void onClose(WatcherException cause) {
            end.complete(Optional.of(cause));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
