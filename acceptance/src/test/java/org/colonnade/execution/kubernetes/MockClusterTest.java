package org.colonnade.execution.kubernetes;

import java.nio.file.Path;

/** The story on a server that keeps what it is sent. {@code ./test --kubernetes} plays it on a real control plane. */
class MockClusterTest extends KubernetesStory {

    @Override
    TestCluster start(Path folder) throws Exception {
        return new MockCluster(folder);
    }
}
