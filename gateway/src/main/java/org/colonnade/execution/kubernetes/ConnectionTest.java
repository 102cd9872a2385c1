package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.execution.Clusters.Check;
import org.colonnade.execution.Command;
import org.colonnade.execution.Ending;
import org.colonnade.execution.Limits;

/** Does once what every job does: ask, write, submit, look, read, clean. */
final class ConnectionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Limits MINIMAL =
            new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 64L << 20, 1, 0, 1 << 20, 0, 1);

    /** What the gateway's account has to be allowed: verb, group, resource, part of it. */
    private static final List<List<String>> RIGHTS = List.of(
            List.of("create", "batch", "jobs", ""),
            List.of("get", "batch", "jobs", ""),
            List.of("list", "batch", "jobs", ""),
            List.of("watch", "batch", "jobs", ""),
            List.of("delete", "batch", "jobs", ""),
            List.of("list", "", "pods", ""),
            List.of("watch", "", "pods", ""),
            List.of("get", "", "pods", "log"),
            List.of("create", "", "secrets", ""),
            List.of("get", "", "secrets", ""),
            List.of("update", "", "secrets", ""),
            List.of("patch", "", "secrets", ""),
            List.of("delete", "", "secrets", ""));

    private final Api api;
    private final Bundles bundles;
    private final Submission submission;
    private final WorkFolder work;
    private final String name = "colonnade-test-" + UUID.randomUUID();
    private final List<Check> checks = new ArrayList<>();

    ConnectionTest(Api api, Bundles bundles, Submission submission, WorkFolder work) {
        this.api = api;
        this.bundles = bundles;
        this.submission = submission;
        this.work = work;
    }

    private interface Step {
        void run() throws IOException, InterruptedException, Api.RefusedException, Api.QuotaException;
    }

    List<Check> run() throws InterruptedException {
        var command = new Command(List.of("/bin/echo", "tested"), Map.of(), Map.of(), Map.of(), MINIMAL);
        boolean asked = step("reach the API server", api::version)
                && step("ask what the account may do", this::askRights)
                && step("close the network to pods", submission::guard);
        if (asked) {
            boolean ended = step("write to the object store and submit", () -> submission.submit(name, command))
                    && step("watch until it ended", this::awaitEnd);
            if (ended) {
                step("read", this::read);
            }
            step("clean", this::clean);
        }
        return checks;
    }

    private boolean step(String what, Step step) throws InterruptedException {
        long begun = System.nanoTime();
        String failure = null;
        try {
            step.run();
        } catch (IOException | Api.RefusedException | Api.QuotaException e) {
            failure = String.valueOf(e.getMessage());
        }
        checks.add(new Check(what, Duration.ofNanos(System.nanoTime() - begun), failure));
        return failure == null;
    }

    private void askRights() throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (List<String> right : RIGHTS) {
            if (!api.may(right.get(0), right.get(1), right.get(2), right.get(3))) {
                missing.add(right.get(0) + " " + right.get(2) + (right.get(3).isEmpty() ? "" : "/" + right.get(3)));
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("The account may not " + String.join(", ", missing));
        }
    }

    private void awaitEnd() throws IOException, InterruptedException {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        String why = "its job is gone";
        while (System.nanoTime() < latest) {
            Optional<Job> job = api.find(name);
            Standing standing = job.isEmpty() ? null : Standing.of(job.get(), api.podsOf(name));
            if (standing instanceof Standing.Ended ended) {
                if (!ended.ending().equals(new Ending.Exited(0))) {
                    throw new IOException("It ended with " + ended.ending());
                }
                return;
            }
            why = String.valueOf(standing);
            Thread.sleep(PAUSE);
        }
        throw new IOException("It did not end within " + PATIENCE.toSeconds() + " s: " + why);
    }

    private void read() throws IOException, InterruptedException {
        InputStream archive = bundles.results(name)
                .orElseThrow(() -> new IOException("What the job sent is not in the object store"));
        try (archive) {
            SentResults.unpack(archive, work.results(name), MINIMAL.folderBytes());
        }
        var text = new ByteArrayOutputStream();
        Api.Output output = api.output(api.podsOf(name).getFirst().getMetadata().getName(), null, false);
        try (var source = output.source()) {
            output.text().transferTo(text);
        }
        if (!text.toString(UTF_8).contains("tested")) {
            throw new IOException("The log of the job does not say what it printed");
        }
    }

    private void clean() throws IOException, InterruptedException {
        api.delete(name);
        bundles.remove(name);
        work.remove(name);
    }
}
