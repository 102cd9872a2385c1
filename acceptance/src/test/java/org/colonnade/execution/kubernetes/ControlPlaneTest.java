package org.colonnade.execution.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The story on a real control plane, for {@code ./test --kubernetes}, which builds it. */
@EnabledIfSystemProperty(named = ControlPlaneTest.BINARY, matches = ".+")
class ControlPlaneTest extends KubernetesStory {

    static final String BINARY = "colonnade.control-plane";

    @Override
    TestCluster start(Path folder) throws Exception {
        return new ControlPlane(Path.of(System.getProperty(BINARY)), folder);
    }
}
