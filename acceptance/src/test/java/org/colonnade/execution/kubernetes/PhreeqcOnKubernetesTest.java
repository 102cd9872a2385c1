package org.colonnade.execution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.execution.place.PhreeqcByApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PHREEQC run becomes a Job by the API of the packaged gateway, and comes back through the object store. */
class PhreeqcOnKubernetesTest {

    @TempDir
    static Path folder;

    private static MockCluster cluster;
    private static ObjectStore store;
    private static PhreeqcByApi phreeqc;

    @BeforeAll
    static void start() throws Exception {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        store = new ObjectStore(Files.createDirectory(folder.resolve("store")));
        cluster = new MockCluster(Files.createDirectory(folder.resolve("cluster")));
        var bucket = store.bucket();
        Map<String, String> settings = new HashMap<>();
        Map.of(
                        "title",
                        "Test cluster",
                        "kinds",
                        "phreeqc",
                        "server",
                        "http://127.0.0.1:" + cluster.port(),
                        "token",
                        cluster.token().toString(),
                        "namespace",
                        TestCluster.NAMESPACE,
                        "image",
                        "local/programs:1",
                        "bucket.endpoint",
                        bucket.endpoint(),
                        "bucket.bucket",
                        bucket.bucket(),
                        "bucket.access-key",
                        bucket.accessKey(),
                        "bucket.secret-key",
                        bucket.secretKey())
                .forEach((key, value) -> settings.put("colonnade.execution.kubernetes.clusters.cumulus." + key, value));
        phreeqc = new PhreeqcByApi("cumulus", settings);
    }

    @AfterAll
    static void stop() {
        phreeqc.close();
        cluster.close();
        store.close();
    }

    @Test
    void aRunThatChoosesTheClusterEndsWithItsFilesHere() throws Exception {
        assertThat(phreeqc.places()).contains("cumulus", "Test cluster");
        // when
        String id = phreeqc.submit();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite", "Phase assemblage");
        assertThat(phreeqc.log(id)).contains("Submitted to cumulus as job", "Used on cumulus: 1 core for ");
        assertThat(jobsOf(id)).hasSize(1);
    }

    @Test
    void aRunOutlivesTheGatewayThatSubmittedIt() throws Exception {
        // given
        int before = cluster.kubelet().started();
        String id = phreeqc.submit();
        await().atMost(Duration.ofSeconds(60)).until(() -> !jobsOf(id).isEmpty());
        // when
        phreeqc.gateway().kill();
        phreeqc.gateway().restart();
        // then
        assertThat(phreeqc.awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(phreeqc.output(id)).contains("Calcite");
        assertThat(jobsOf(id)).hasSize(1);
        assertThat(cluster.kubelet().started() - before).isEqualTo(1);
    }

    private static List<Job> jobsOf(String id) {
        return cluster.admin().batch().v1().jobs().inNamespace(TestCluster.NAMESPACE).list().getItems().stream()
                .filter(job -> job.getMetadata().getName().startsWith("colonnade-" + id))
                .toList();
    }
}
