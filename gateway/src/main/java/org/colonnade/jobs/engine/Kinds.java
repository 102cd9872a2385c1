package org.colonnade.jobs.engine;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** The kinds of job that this gateway can run. Handlers are asked for late, because they may themselves submit jobs. */
final class Kinds {

    private final Supplier<SortedMap<String, JobHandler>> handlers;
    private final Supplier<String[]> names;
    private final Supplier<@Nullable Integer[]> limits;

    Kinds(Supplier<? extends Collection<JobHandler>> source) {
        this.handlers = SingletonSupplier.of(() -> byName(source.get()));
        this.names = SingletonSupplier.of(() -> handlers.get().keySet().toArray(String[]::new));
        this.limits = SingletonSupplier.of(this::readLimits);
    }

    private static SortedMap<String, JobHandler> byName(Collection<JobHandler> handlers) {
        var named = new TreeMap<String, JobHandler>();
        for (JobHandler handler : handlers) {
            JobHandler other = named.put(handler.kind().name(), handler);
            if (other != null) {
                throw new IllegalStateException("Two handlers for the kind "
                        + handler.kind().name() + ": " + other.getClass().getName() + " and "
                        + handler.getClass().getName());
            }
        }
        return named;
    }

    Collection<JobHandler> all() {
        return handlers.get().values();
    }

    /** Names in ascending order, which is also the order in which claims lock limited kinds. */
    String[] names() {
        return names.get();
    }

    /** Of each kind in the order of {@link #names}; null for no limit. */
    @Nullable
    Integer[] limits() {
        return limits.get();
    }

    private @Nullable Integer[] readLimits() {
        return all().stream()
                .map(h -> h.kind().maxRunning() == Integer.MAX_VALUE
                        ? null
                        : (Integer) h.kind().maxRunning())
                .toArray(Integer[]::new);
    }

    /** @throws IllegalArgumentException if no handler knows the kind */
    JobKind policy(String name) {
        return handler(name).kind();
    }

    /** Names of the kinds of which an owner's jobs have to be counted. */
    String[] limitedNames() {
        return all().stream()
                .map(JobHandler::kind)
                .filter(Kinds::limited)
                .map(JobKind::name)
                .toArray(String[]::new);
    }

    /** The kind's policy, or the ordinary one for a kind that has no handler here. */
    JobKind policyOrDefault(String name) {
        JobHandler handler = handlers.get().get(name);
        return handler == null ? JobKind.named(name) : handler.kind();
    }

    JobHandler handler(String name) {
        JobHandler handler = handlers.get().get(name);
        if (handler == null) {
            throw new IllegalArgumentException("No handler knows jobs of kind " + name);
        }
        return handler;
    }

    boolean limits(Job job) {
        return limited(policyOrDefault(job.kind()));
    }

    /** Whether an owner's jobs of this kind have to be counted. */
    static boolean limited(JobKind kind) {
        return kind.maxRunningPerOwner() != Integer.MAX_VALUE || kind.maxQueuedPerOwner() != Integer.MAX_VALUE;
    }
}
