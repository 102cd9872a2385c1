package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.colonnade.execution.place.ClusterRun;
import org.colonnade.execution.place.Desk;
import org.colonnade.jobs.JobContext;

/**
 * Brings what runs print into the logs of their jobs: while they run, for as many as may be followed at once, and the rest at
 * their end. How far a log was read is recorded, so that another gateway goes on there.
 */
final class PodLogs implements AutoCloseable {

    private static final String LOG = "log";
    private static final int MOST = 32;

    private final Api api;
    private final Desk desk;
    private final Map<String, PodLog> open = new ConcurrentHashMap<>();

    PodLogs(Api api, Desk desk) {
        this.api = api;
        this.desk = desk;
    }

    /** Writes down what came meanwhile, and asks for what is to come. */
    void follow(JobContext context, ClusterRun run, List<Pod> pods) throws InterruptedException {
        PodLog log = open.get(run.name());
        if (log != null) {
            write(context, run, log);
        } else if (open.size() < MOST && !pods.isEmpty()) {
            open.put(
                    run.name(),
                    new PodLog(api, nameOf(pods), position(context, run), () -> desk.wake(run.job())).follow());
        }
    }

    /** Writes down the rest. */
    void finish(JobContext context, ClusterRun run, List<Pod> pods) throws InterruptedException {
        PodLog log = open.remove(run.name());
        if (log != null) {
            log.close();
            write(context, run, log);
        }
        if (pods.isEmpty()) {
            return;
        }
        var rest = new PodLog(api, nameOf(pods), position(context, run), () -> {});
        try {
            rest.readRest();
            write(context, run, rest);
        } catch (IOException e) {
            context.log("The end of the output could not be read: " + e.getMessage());
        }
    }

    void forget(String run) {
        Optional.ofNullable(open.remove(run)).ifPresent(PodLog::close);
    }

    private static String nameOf(List<Pod> pods) {
        return pods.getLast().getMetadata().getName();
    }

    private static PodLog.Position position(JobContext context, ClusterRun run) {
        return run.recorded(context, LOG).map(PodLog.Position::parse).orElse(PodLog.Position.START);
    }

    private static void write(JobContext context, ClusterRun run, PodLog log) throws InterruptedException {
        Optional<PodLog.Chunk> chunk = log.drain();
        if (chunk.isPresent()) {
            context.log(chunk.get().text());
            run.record(context, LOG, chunk.get().upTo().toString());
        }
    }

    @Override
    public void close() {
        open.values().forEach(PodLog::close);
    }
}
