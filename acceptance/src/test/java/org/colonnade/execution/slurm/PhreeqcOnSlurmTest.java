package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.execution.place.PhreeqcByApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A PHREEQC run goes to a real Slurm by the API of the packaged gateway, and comes back. */
class PhreeqcOnSlurmTest {

    private static OneNodeSlurm slurm;
    private static PhreeqcByApi phreeqc;

    @BeforeAll
    static void start() throws Exception {
        slurm = OneNodeSlurm.start("--accounting", "--min-job-age", "300");
        Map<String, String> settings = new HashMap<>();
        slurm.settings("phreeqc")
                .forEach((key, value) -> settings.put("colonnade.execution.slurm.clusters.keeling." + key, value));
        phreeqc = new PhreeqcByApi("keeling", settings);
    }

    @AfterAll
    static void stop() {
        try (var last = slurm) {
            if (phreeqc != null) {
                phreeqc.close();
            }
        }
    }

    @Test
    void aRunThatChoosesTheClusterEndsWithItsFilesHere() throws Exception {
        assertThat(phreeqc.places()).contains("keeling", "Test cluster");
        // when
        String id = phreeqc.submit();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite", "Phase assemblage");
        assertThat(phreeqc.log(id)).contains("Submitted to keeling as job", "Used on keeling: 1 core for ");
        assertThat(jobsOf(id)).hasSize(1);
    }

    @Test
    @Tag("A.12")
    void aRunOutlivesTheGatewayThatSubmittedIt() throws Exception {
        // given
        String id = phreeqc.submit();
        await().atMost(Duration.ofSeconds(60)).until(() -> !jobsOf(id).isEmpty());
        // when
        phreeqc.gateway().kill();
        phreeqc.gateway().restart();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite");
        assertThat(jobsOf(id)).hasSize(1);
    }

    private static List<String> jobsOf(String id) throws IOException, InterruptedException {
        return slurm.command("squeue", "-h", "-t", "all", "--name=colonnade-" + id + "-1", "-o", "%A")
                .lines()
                .toList();
    }
}
