package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.ssh.UnreachableException;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Submits units of one fan-out together, as elements of job arrays: whoever comes first waits a moment for the others, and
 * submits for all. Each unit records its place in the array before that, so that after any interruption the very same array is
 * looked up, or submitted if it never was.
 */
final class JobArrays {

    static final String PREFIX = "colonnade-array-";

    /** Recorded with a unit: the array's name and the unit's index in it. */
    private static final String MEMBER = "array";

    private static final Duration GATHERING = Duration.ofMillis(700);
    private static final Duration LONGEST_GATHERING = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int MOST = 1000;

    private final Connection connection;
    private final Map<Key, Group> open = new HashMap<>();

    /** By fan-out: how many units fill their folders now, and will come soon. */
    private final Map<JobId, Integer> coming = new HashMap<>();

    private record Key(JobId parent, List<String> resources) {}

    JobArrays(Connection connection) {
        this.connection = connection;
    }

    /** A unit that fills its folder now; whoever submits for all waits for it until it is closed. */
    final class Coming implements AutoCloseable {
        private final JobId parent;
        private final AtomicBoolean here = new AtomicBoolean();

        private Coming(JobId parent) {
            this.parent = parent;
        }

        /** It joined an array, or will not; idempotent. */
        @Override
        public void close() {
            if (here.compareAndSet(false, true)) {
                came(parent);
            }
        }
    }

    Coming comes(JobId parent) {
        synchronized (coming) {
            coming.merge(parent, 1, Integer::sum);
        }
        return new Coming(parent);
    }

    private void came(JobId parent) {
        synchronized (coming) {
            coming.computeIfPresent(parent, (key, count) -> count == 1 ? null : (Integer) (count - 1));
            coming.notifyAll();
        }
    }

    /** Not for ever: one may be held up by a transfer of its own. */
    private void awaitComing(JobId parent) throws InterruptedException {
        long latest = System.nanoTime() + LONGEST_GATHERING.toNanos();
        synchronized (coming) {
            while (coming.containsKey(parent) && System.nanoTime() < latest) {
                coming.wait(GATHERING.toMillis());
            }
        }
    }

    /** Those who go together. Guarded by itself. */
    private static final class Group {
        final String name = PREFIX + UUID.randomUUID();
        final CompletableFuture<String> id = new CompletableFuture<>();
        private final List<String> folders = new ArrayList<>();
        private int undecided;

        synchronized int join() {
            folders.add("-");
            undecided++;
            return folders.size() - 1;
        }

        synchronized int size() {
            return folders.size();
        }

        /** @param folder null if the unit does not come along after all */
        synchronized void decide(int index, @Nullable String folder) {
            if (folder != null) {
                folders.set(index, folder);
            }
            undecided--;
            notifyAll();
        }

        synchronized List<String> awaitAll() throws InterruptedException {
            while (undecided > 0) {
                wait();
            }
            return List.copyOf(folders);
        }
    }

    /**
     * Submits a unit whose folder is filled.
     *
     * @param unit from before it filled its folder
     * @param resources options of sbatch, without folder and name
     * @param scratch a folder of this machine
     * @return the cluster's number for it, e.g. {@code 12_3}
     */
    String submit(JobContext context, ClusterRun run, Coming unit, List<String> resources, Path scratch)
            throws IOException, InterruptedException, Slurm.RefusedException {
        Optional<String> before = run.recorded(context, MEMBER).filter(member -> !member.isEmpty());
        if (before.isPresent()) {
            String[] member = before.get().split(" ", 2);
            Optional<String> id = submitArray(member[0], resources);
            if (id.isPresent()) {
                return id.get() + "_" + member[1];
            }
            run.record(context, MEMBER, "");
        }
        Key key = new Key(unit.parent, resources);
        Group group;
        int index;
        boolean first;
        synchronized (open) {
            first = !open.containsKey(key);
            group = open.computeIfAbsent(key, none -> new Group());
            index = group.join();
            if (group.size() == MOST) {
                open.remove(key);
            }
        }
        unit.close();
        String folder = null;
        try {
            run.record(context, MEMBER, group.name + " " + index);
            folder = connection.folder(run);
        } finally {
            group.decide(index, folder);
            if (first && folder == null) {
                close(key, group);
                group.id.completeExceptionally(new IOException("The unit that submits for all was stopped"));
            }
        }
        if (first) {
            lead(key, group, resources, scratch);
        }
        return await(group) + "_" + index;
    }

    private void close(Key key, Group group) {
        synchronized (open) {
            open.remove(key, group);
        }
    }

    private void lead(Key key, Group group, List<String> resources, Path scratch) {
        try {
            Thread.sleep(GATHERING);
            awaitComing(key.parent());
            close(key, group);
            String folders = String.join("\n", group.awaitAll()) + "\n";
            Path list = Files.writeString(scratch.resolve("folders"), folders);
            Path batch = Files.write(scratch.resolve("array.sh"), Slurm.resource("batch.sh"));
            connection.staging.upload(connection.root + "/" + group.name, Map.of("folders", list, "batch.sh", batch));
            group.id.complete(submitArray(group.name, resources).orElseThrow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            group.id.completeExceptionally(new IOException("The submission was interrupted"));
        } catch (IOException | Slurm.RefusedException | RuntimeException e) {
            group.id.completeExceptionally(e);
        } finally {
            close(key, group);
        }
    }

    /** @return empty if the array was never prepared, so that it was never submitted either */
    private Optional<String> submitArray(String name, List<String> resources)
            throws IOException, InterruptedException, Slurm.RefusedException {
        String folder = connection.root + "/" + name;
        List<String> options = new ArrayList<>(resources);
        options.addAll(Batch.fixed(folder));
        return connection.slurm.submitArray(folder, name, options);
    }

    private static String await(Group group) throws IOException, InterruptedException, Slurm.RefusedException {
        try {
            return group.id.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The array was not submitted in time", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            String why = String.valueOf(cause.getMessage());
            if (cause instanceof UnreachableException away) {
                throw new UnreachableException(away.reason(), why, away);
            }
            if (cause instanceof Staging.NoSpaceException) {
                throw new Staging.NoSpaceException(why);
            }
            if (cause instanceof Slurm.RefusedException) {
                throw new Slurm.RefusedException(why);
            }
            throw new IOException(why, e);
        }
    }
}
