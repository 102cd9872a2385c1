package org.colonnade.acceptance.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.colonnade.benchmarks.jobs.Faults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code ./bench faults}: each fault for a few seconds, all on one server. */
class FaultsTest {

    @TempDir
    static Path folder;

    private static Faults faults;

    @BeforeAll
    static void open() throws IOException {
        faults = new Faults(folder);
    }

    @AfterAll
    static void close() throws IOException {
        faults.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Faults.Fault.class)
    void nothingIsLostAndNothingIsDoneTwice(Faults.Fault fault) throws Exception {
        Faults.Outcome outcome = faults.suffer(fault, Duration.ofSeconds(3));
        assertThat(outcome.strikes()).isPositive();
        assertThat(outcome.holds()).as(outcome.counts()).isTrue();
    }
}
