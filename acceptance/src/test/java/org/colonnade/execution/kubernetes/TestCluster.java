package org.colonnade.execution.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;

/** A cluster on which the story of a Kubernetes place is played. */
interface TestCluster extends AutoCloseable {

    String NAMESPACE = "colonnade";

    int port();

    /** As the gateway is configured with it. */
    String scheme();

    /** File with the token of an account that may do what the guide says, and nothing else. */
    Path token();

    /** File with the certificate of the authority. */
    Path authority();

    /** Past the gateway, with all rights. */
    KubernetesClient admin();

    Kubelet kubelet();

    void stopApiServer() throws IOException, InterruptedException;

    void startApiServer() throws IOException, InterruptedException;

    @Override
    void close();
}
