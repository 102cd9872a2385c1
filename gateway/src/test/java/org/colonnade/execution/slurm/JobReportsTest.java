package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReportsTest {

    @Test
    void theQueueIsReadAndBannersArePassedOver() {
        var reports = JobReports.fromSqueue("""
                Welcome to keeling | please behave
                12|PENDING|Resources
                13|RUNNING|None
                x|RUNNING|None
                """);
        assertThat(reports)
                .containsExactly(
                        new JobReport(12, SlurmState.PENDING, "Resources", null, 0, 0),
                        new JobReport(13, SlurmState.RUNNING, null, null, 0, 0));
    }

    @Test
    void theAccountingDatabaseKnowsExitCodesSignalsAndRestarts() {
        var reports = JobReports.fromSacct("7|FAILED|3:0|0\n8|CANCELLED by 1000|0:15|2\n9|OUT_OF_MEMORY|0:125|\n");
        assertThat(reports)
                .containsExactly(
                        new JobReport(7, SlurmState.FAILED, null, 3, 0, 0),
                        new JobReport(8, SlurmState.CANCELLED, null, 0, 15, 2),
                        new JobReport(9, SlurmState.OUT_OF_MEMORY, null, 0, 125, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, SUBMITTED",
        "CONFIGURING, SUBMITTED",
        "REQUEUE_HOLD, SUBMITTED",
        "SPECIAL_EXIT, SUBMITTED",
        "RUNNING, RUNNING",
        "COMPLETING, RUNNING",
        "SUSPENDED, RUNNING",
        "STOPPED, RUNNING",
        "COMPLETED, ENDED",
        "FAILED, ENDED",
        "CANCELLED by 0, ENDED",
        "CANCELLED+, ENDED",
        "TIMEOUT, ENDED",
        "NODE_FAIL, ENDED",
        "PREEMPTED, ENDED",
        "BOOT_FAIL, ENDED",
        "DEADLINE, ENDED",
        "OUT_OF_MEMORY, ENDED",
        "REVOKED, ENDED",
        "SOMETHING_NEW, RUNNING"
    })
    void everyStateHasItsMeaning(String word, SlurmState.Phase phase) {
        assertThat(SlurmState.parse(word).phase()).isEqualTo(phase);
    }
}
