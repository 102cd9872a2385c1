package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.execution.Command;
import org.colonnade.execution.Limits;
import org.colonnade.execution.place.Handover;

/**
 * What a job brings along: its command as data for a script that is always the same, and the options of sbatch. Every value
 * of those is a number, or comes from the operator.
 */
final class Batch {

    private final SlurmProperties.Cluster cluster;

    Batch(SlurmProperties.Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The files of a run by their names in its folder.
     *
     * @param local a folder of this machine to write them into
     */
    Map<String, Path> files(Path local, Tools tools, Command command) throws IOException, InterruptedException {
        Map<String, Path> files = new HashMap<>();
        files.put("batch.sh", Files.write(local.resolve("batch.sh"), Slurm.resource("batch.sh")));
        files.putAll(Handover.write(command, cluster.programs(), tools::bring, local));
        command.inputs().forEach((name, content) -> files.put("work/" + name, content));
        return files;
    }

    List<String> options(String folder, Limits limits) {
        List<String> options = resources(limits);
        options.addAll(fixed(folder));
        return options;
    }

    /** What does not depend on the job. */
    static List<String> fixed(String folder) {
        return List.of("--chdir=" + folder, "--output=scheduler.log", "--open-mode=append", "--no-requeue");
    }

    List<String> resources(Limits limits) {
        List<String> options = new ArrayList<>(List.of(
                "--ntasks=1",
                "--cpus-per-task=" + limits.cores(),
                "--time=" + Math.max(1, limits.wallTime().plusSeconds(59).toMinutes()),
                "--mem=" + Math.max(1, limits.memoryBytes() >> 20) + "M"));
        if (cluster.partition() != null) {
            options.add("--partition=" + cluster.partition());
        }
        if (cluster.account() != null) {
            options.add("--account=" + cluster.account());
        }
        return options;
    }
}
