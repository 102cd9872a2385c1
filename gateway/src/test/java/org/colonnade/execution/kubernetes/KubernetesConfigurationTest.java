package org.colonnade.execution.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.nio.file.Path;
import org.colonnade.execution.admission.Admission;
import org.colonnade.execution.place.ClusterAdapter;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.StorageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KubernetesConfigurationTest {

    @TempDir
    Path data;

    @EnableConfigurationProperties(StorageProperties.class)
    static class Storage {}

    private ApplicationContextRunner withCluster(String... further) {
        return new ApplicationContextRunner()
                .withUserConfiguration(KubernetesConfiguration.class, Storage.class)
                .withBean(Jobs.class, () -> mock(Jobs.class))
                .withBean(Admission.class, () -> mock(Admission.class))
                .withPropertyValues(
                        "colonnade.data=" + data,
                        "colonnade.execution.kubernetes.clusters.cumulus.title=Cumulus",
                        "colonnade.execution.kubernetes.clusters.cumulus.kinds=phreeqc",
                        "colonnade.execution.kubernetes.clusters.cumulus.server=http://127.0.0.1:1",
                        "colonnade.execution.kubernetes.clusters.cumulus.namespace=gateway",
                        "colonnade.execution.kubernetes.clusters.cumulus.image=programs:1",
                        "colonnade.execution.kubernetes.clusters.cumulus.denied=user:7",
                        "colonnade.execution.kubernetes.clusters.cumulus.bucket.endpoint=http://127.0.0.1:2",
                        "colonnade.execution.kubernetes.clusters.cumulus.bucket.bucket=files",
                        "colonnade.execution.kubernetes.clusters.cumulus.bucket.access-key=key",
                        "colonnade.execution.kubernetes.clusters.cumulus.bucket.secret-key=secret")
                .withPropertyValues(further);
    }

    @Test
    void aConfiguredClusterIsAPlace() {
        withCluster().run(context -> {
            var cluster = context.getBean(ClusterAdapter.class);
            assertThat(cluster.place().name()).isEqualTo("cumulus");
            assertThat(cluster.place().title()).isEqualTo("Cumulus");
            assertThat(cluster.accepts("phreeqc")).isTrue();
            assertThat(cluster.accepts("batch")).isFalse();
            assertThat(cluster.welcomes(new Owner("user:7"))).isFalse();
            assertThat(cluster.welcomes(new Owner("user:8"))).isTrue();
            assertThat(cluster.status().engine()).isEqualTo("Kubernetes");
            assertThat(cluster.status().address()).isEqualTo("http://127.0.0.1:1, namespace gateway");
        });
    }

    @Test
    void aUserWhoIsRootIsRefused() {
        withCluster("colonnade.execution.kubernetes.clusters.cumulus.user=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseMessage("user is the number of a user who is not root"));
    }

    @Test
    void timesBeyondTheValidityOfSignedAddressesAreRefused() {
        withCluster("colonnade.execution.kubernetes.clusters.cumulus.max-wall-time=7d")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("are less than 7 days together"));
    }

    @Test
    void aClusterWithoutAnObjectStoreIsRefused() {
        new ApplicationContextRunner()
                .withUserConfiguration(KubernetesConfiguration.class, Storage.class)
                .withBean(Jobs.class, () -> mock(Jobs.class))
                .withBean(Admission.class, () -> mock(Admission.class))
                .withPropertyValues(
                        "colonnade.execution.kubernetes.clusters.cumulus.kinds=phreeqc",
                        "colonnade.execution.kubernetes.clusters.cumulus.namespace=gateway",
                        "colonnade.execution.kubernetes.clusters.cumulus.image=programs:1")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("needs an object store")
                        .hasMessageContaining("colonnade.storage.s3"));
    }
}
