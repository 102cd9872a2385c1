package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.execution.Clusters.Check;
import org.colonnade.execution.ssh.SshLink;

/** Does once what every job does: log in, ask whether a job would be taken, write, submit, look, read, clean. */
final class ConnectionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final SshLink link;
    private final Slurm slurm;
    private final Staging staging;
    private final String name = "colonnade-test-" + UUID.randomUUID();
    private final String folder;
    private final List<Check> checks = new ArrayList<>();
    private String id = "";

    ConnectionTest(Connection connection) {
        this.link = connection.control;
        connection.control.hurry();
        connection.transfers.hurry();
        this.slurm = connection.slurm;
        this.staging = connection.staging;
        this.folder = connection.root + "/" + name;
    }

    private interface Step {
        void run() throws IOException, InterruptedException, Slurm.RefusedException;
    }

    /** @param options of sbatch, without name and folder */
    List<Check> run(List<String> options) throws InterruptedException {
        Path batch = null;
        try {
            batch = Files.createTempFile("colonnade-test-", ".sh");
            Files.writeString(batch, "#!/bin/bash\ntrue\necho '0 tested' >ended\n");
            Map<String, Path> files = Map.of("batch.sh", batch);
            List<String> words = new ArrayList<>(options);
            words.add("--chdir=" + folder);
            boolean ready = step("log in", () -> link.run("true", 1024, PATIENCE))
                    && step("ask when a job would start", () -> slurm.expectedStart(options))
                    && step("write", () -> staging.upload(folder, files))
                    && step("submit", () -> id = slurm.submit(folder, name, words))
                    && step("look at the queue until it ended", this::awaitEnd)
                    && step("read", this::readMarker);
            if (ready || checks.size() > 3) {
                step("clean", () -> staging.remove(folder));
            }
        } catch (IOException e) {
            checks.add(new Check("prepare", Duration.ZERO, e.getMessage()));
        } finally {
            if (batch != null) {
                batch.toFile().delete();
            }
        }
        return checks;
    }

    private boolean step(String what, Step step) throws InterruptedException {
        long begun = System.nanoTime();
        String failure = null;
        try {
            step.run();
        } catch (IOException | Slurm.RefusedException e) {
            failure = String.valueOf(e.getMessage());
        }
        checks.add(new Check(what, Duration.ofNanos(System.nanoTime() - begun), failure));
        return failure == null;
    }

    private void awaitEnd() throws IOException, InterruptedException {
        long latest = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < latest) {
            if (slurm.queue().stream().anyMatch(report -> report.id().equals(id) && report.ended())) {
                return;
            }
            Thread.sleep(PAUSE);
        }
        slurm.cancel(id);
        throw new IOException("The job did not end within " + PATIENCE.toSeconds() + " s");
    }

    private void readMarker() throws IOException, InterruptedException {
        if (!slurm.markers(List.of(folder)).containsKey(folder)) {
            throw new IOException("What the job wrote is not in its folder");
        }
    }
}
