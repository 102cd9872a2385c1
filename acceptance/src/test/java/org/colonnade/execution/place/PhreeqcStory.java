package org.colonnade.execution.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A PHREEQC run goes to a cluster by the API of the packaged gateway, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PhreeqcStory {

    private final String engine;
    private final String name;
    private Counterpart cluster;
    private PhreeqcByApi phreeqc;

    /**
     * @param engine under which clusters of its kind are configured
     * @param name of the cluster
     */
    protected PhreeqcStory(String engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    /** What stands where the gateway sends its jobs. */
    protected interface Counterpart extends AutoCloseable {

        /** What an operator writes down about it, without what stands before. */
        Map<String, String> settings() throws Exception;

        /** How often it was given a run, whatever came of it. */
        int jobsOf(String id) throws Exception;
    }

    /** @param folder an empty one */
    protected abstract Counterpart start(Path folder) throws Exception;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        cluster = start(folder);
        Map<String, String> settings = new HashMap<>();
        cluster.settings()
                .forEach((key, value) ->
                        settings.put("colonnade.execution." + engine + ".clusters." + name + "." + key, value));
        phreeqc = new PhreeqcByApi(name, settings);
    }

    @AfterAll
    void stop() throws Exception {
        try (var last = cluster) {
            if (phreeqc != null) {
                phreeqc.close();
            }
        }
    }

    @Test
    void aRunThatChoosesTheClusterEndsWithItsFilesHere() throws Exception {
        assertThat(phreeqc.places()).contains(name, "Test cluster");
        // when
        String id = phreeqc.submit();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite", "Phase assemblage");
        assertThat(phreeqc.log(id)).contains("Submitted to " + name + " as job", "Used on " + name + ": 1 core for ");
        assertThat(cluster.jobsOf(id)).isOne();
    }

    @Test
    @Tag("A.12")
    void aRunOutlivesTheGatewayThatSubmittedIt() throws Exception {
        // given
        String id = phreeqc.submit();
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.jobsOf(id) > 0);
        // when
        phreeqc.gateway().kill();
        phreeqc.gateway().restart();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite");
        assertThat(cluster.jobsOf(id)).isOne();
    }
}
