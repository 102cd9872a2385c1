package org.colonnade.execution.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.colonnade.execution.place.PhreeqcStory;

/** On a real Slurm that keeps accounts. */
class PhreeqcOnSlurmTest extends PhreeqcStory {

    PhreeqcOnSlurmTest() {
        super("slurm", "keeling");
    }

    @Override
    protected Counterpart start(Path folder) throws IOException, InterruptedException {
        OneNodeSlurm slurm = OneNodeSlurm.start("--accounting", "--min-job-age", "300");
        return new Counterpart() {
            @Override
            public Map<String, String> settings() {
                return slurm.settings("phreeqc");
            }

            @Override
            public int jobsOf(String id) throws IOException, InterruptedException {
                String name = "colonnade-" + id + "-1";
                return (int) slurm.command("squeue", "-h", "-t", "all", "--name=" + name, "-o", "%A")
                        .lines()
                        .count();
            }

            @Override
            public void close() {
                slurm.close();
            }
        };
    }
}
