package org.colonnade.execution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.colonnade.execution.place.PhreeqcStory;

/** As a Job, with its files in an object store. */
class PhreeqcOnKubernetesTest extends PhreeqcStory {

    PhreeqcOnKubernetesTest() {
        super("kubernetes", "cumulus");
    }

    @Override
    protected Counterpart start(Path folder) throws Exception {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        var store = new ObjectStore(Files.createDirectory(folder.resolve("store")));
        var cluster = new MockCluster(Files.createDirectory(folder.resolve("cluster")));
        return new Counterpart() {
            @Override
            public Map<String, String> settings() throws Exception {
                var bucket = store.bucket();
                return Map.of(
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
                        bucket.secretKey());
            }

            /** Each start of its container is a pod. */
            @Override
            public int jobsOf(String id) {
                return (int) cluster.admin().pods().inNamespace(TestCluster.NAMESPACE).list().getItems().stream()
                        .filter(pod -> pod.getMetadata().getName().startsWith("colonnade-" + id))
                        .count();
            }

            @Override
            public void close() {
                cluster.close();
                store.close();
            }
        };
    }
}
