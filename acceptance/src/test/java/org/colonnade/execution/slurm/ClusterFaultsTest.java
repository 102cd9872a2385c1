package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.colonnade.benchmarks.clusters.ClusterFaults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of the clusters' part of {@code ./bench faults}: each fault once, all on one Slurm. */
class ClusterFaultsTest {

    @TempDir
    static Path folder;

    private static ClusterFaults faults;

    @BeforeAll
    static void open() throws Exception {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        faults = new ClusterFaults(Files.createDirectory(folder.resolve("clusters")));
    }

    @AfterAll
    static void close() throws Exception {
        faults.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ClusterFaults.Fault.class)
    @Tag("A.11")
    @Tag("A.12")
    @Tag("A.13")
    @Tag("A.14")
    void eachJobRunsOnceAndEndsAsItReallyEnded(ClusterFaults.Fault fault) throws Exception {
        ClusterFaults.Outcome outcome = faults.inflict(fault, 1);
        assertThat(outcome.strikes()).isPositive();
        assertThat(outcome.wrong()).isEmpty();
    }
}
