package org.colonnade.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code ./bench faults}: each fault for a few seconds. */
class FaultsTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource(Faults.Fault.class)
    void nothingIsLostAndNothingIsDoneTwice(Faults.Fault fault, @TempDir Path folder) throws Exception {
        Faults.Outcome outcome = Faults.run(fault, Duration.ofSeconds(4), folder);
        assertThat(outcome.strikes()).isPositive();
        assertThat(outcome.holds()).as(outcome.counts()).isTrue();
    }
}
