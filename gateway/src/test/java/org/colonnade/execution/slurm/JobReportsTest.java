package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.colonnade.execution.place.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobReportsTest {

    @Test
    void theQueueIsReadAndBannersArePassedOver() {
        var reports = JobReports.fromSqueue("""
            Welcome to keeling | please behave
            12|PENDING|Resources|0|1800000000|colonnade-a
            13|RUNNING|None|2|1700000000|colonnade-b
            14_3|RUNNING|None|0|N/A|colonnade-c
            14_[4-9]|PENDING|Priority|0|N/A|colonnade-c
            x|RUNNING|None|0|N/A|y
            """);
        assertThat(reports)
                .containsExactly(
                        new JobReport(
                                "12",
                                "colonnade-a",
                                SlurmState.PENDING,
                                "Resources",
                                null,
                                0,
                                0,
                                Instant.ofEpochSecond(1_800_000_000)),
                        new JobReport(
                                "13",
                                "colonnade-b",
                                SlurmState.RUNNING,
                                null,
                                null,
                                0,
                                2,
                                Instant.ofEpochSecond(1_700_000_000)),
                        new JobReport("14_3", "colonnade-c", SlurmState.RUNNING, null, null, 0, 0, null));
    }

    @Test
    void theAccountingDatabaseKnowsExitCodesAndSignals() {
        var reports = JobReports.fromSacct(
                "7|FAILED|3:0\n8|CANCELLED by 1000|0:15\n9|OUT_OF_MEMORY|0:125\n10_4|COMPLETED|0:0\n");
        assertThat(reports)
                .containsExactly(
                        ended("7", SlurmState.FAILED, 3, 0, 0),
                        ended("8", SlurmState.CANCELLED, 0, 15, 0),
                        ended("9", SlurmState.OUT_OF_MEMORY, 0, 125, 0),
                        ended("10_4", SlurmState.COMPLETED, 0, 0, 0));
    }

    @Test
    void theJsonOfSlurm2205IsRead() {
        // as squeue --json of 22.05.8 printed it, cut down to the fields that are read
        var reports = JobReports.fromSqueue("""
            {"meta": {"plugin": {"type": "openapi/v0.0.38"}}, "errors": [], "jobs": [
              {"job_id": 3, "array_job_id": 0, "array_task_id": null, "name": "one", "job_state": "FAILED",
               "state_reason": "NonZeroExitCode", "exit_code": 768, "restart_cnt": 1, "start_time": 1700000000},
              {"job_id": 9, "array_job_id": 7, "array_task_id": 2, "name": "many", "job_state": "RUNNING",
               "state_reason": "None", "exit_code": 0, "restart_cnt": 0, "start_time": 0}]}
            """);
        assertThat(reports)
                .containsExactly(
                        new JobReport(
                                "3",
                                "one",
                                SlurmState.FAILED,
                                "NonZeroExitCode",
                                3,
                                0,
                                1,
                                Instant.ofEpochSecond(1_700_000_000)),
                        new JobReport("7_2", "many", SlurmState.RUNNING, null, 0, 0, 0, null));
    }

    @Test
    void theJsonOfLaterReleasesIsReadToo() {
        // the shapes that the manuals of 23.11 and later describe
        var reports = JobReports.fromSqueue("""
            {"jobs": [
              {"job_id": 5, "name": "one", "job_state": ["CANCELLED"], "state_reason": "None",
               "array_job_id": {"set": true, "infinite": false, "number": 0},
               "array_task_id": {"set": false, "infinite": false, "number": 0},
               "exit_code": {"status": ["SIGNALED"], "return_code": {"set": false, "infinite": false, "number": 0},
                             "signal": {"id": {"set": true, "infinite": false, "number": 15}, "name": "Terminated"}},
               "restart_cnt": 0, "start_time": {"set": true, "infinite": false, "number": 1700000000}},
              {"job_id": 6, "name": "two", "job_state": ["RUNNING", "COMPLETING"], "state_reason": "None"}]}
            """);
        assertThat(reports)
                .containsExactly(
                        new JobReport(
                                "5",
                                "one",
                                SlurmState.CANCELLED,
                                null,
                                null,
                                15,
                                0,
                                Instant.ofEpochSecond(1_700_000_000)),
                        new JobReport("6", "two", SlurmState.COMPLETING, null, null, 0, 0, null));
    }

    @Test
    void theJsonOfTheAccountingIsRead() {
        var reports = JobReports.fromSacct("""
            {"jobs": [{"job_id": 8, "name": "one", "state": {"current": "TIMEOUT", "reason": "None"},
              "array": {"job_id": 0, "task_id": null},
              "exit_code": {"status": "SUCCESS", "return_code": 0}, "restart_cnt": 0}]}
            """);
        assertThat(reports).containsExactly(new JobReport("8", "one", SlurmState.TIMEOUT, null, 0, 0, 0, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n\n", "{", "{\"jobs\": 3}", "{\"jobs\": [{}]}", "slurm_load_jobs error: Unable to contact"
            })
    void fromWhatIsNotUnderstoodNothingIsConcluded(String text) {
        assertThat(JobReports.fromSqueue(text)).isEmpty();
        assertThat(JobReports.fromSacct(text)).isEmpty();
        assertThat(JobReports.fromCompletionLog(text)).isEmpty();
    }

    @Test
    void theLogOfEndedJobsIsRead() {
        var reports = JobReports.fromCompletionLog(
                "JobId=4 UserId=ada(1) Name=x JobState=NODE_FAIL Partition=main DerivedExitCode=0:0 ExitCode=0:9 \n");
        assertThat(reports).containsExactly(ended("4", SlurmState.NODE_FAIL, 0, 9, 0));
    }

    @Test
    void theUsageOfAJobAndTheMemoryOfItsLargestStepAreRead() {
        var usage = JobReports.usage("12", """
            12|1|2|75|00:01:10.500|
            12.batch|1|2|75|00:01:10.500|34532K
            12.0|1|1|3|00:00:01|1.5G
            123|4|8|9|1-00:00:00|
            """);
        assertThat(usage)
                .contains(new Usage(1, 2, Duration.ofSeconds(75), Duration.ofMillis(70_500), 1_610_612_736L, 0));
        assertThat(usage.orElseThrow().withRestarts(1).inWords())
                .isEqualTo("2 cores for 75 s, processor time 70.5 s, at most 1536 MB of memory, started again 1 time");
        assertThat(JobReports.usage("13", "12|1|2|75|00:01:10|\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, PD, SUBMITTED",
        "CONFIGURING, CF, SUBMITTED",
        "REQUEUED, RQ, SUBMITTED",
        "REQUEUE_HOLD, RH, SUBMITTED",
        "REQUEUE_FED, RF, SUBMITTED",
        "RESV_DEL_HOLD, RD, SUBMITTED",
        "SPECIAL_EXIT, SE, SUBMITTED",
        "RUNNING, R, RUNNING",
        "COMPLETING, CG, RUNNING",
        "STAGE_OUT, SO, RUNNING",
        "SIGNALING, SI, RUNNING",
        "RESIZING, RS, RUNNING",
        "STOPPED, ST, RUNNING",
        "SUSPENDED, S, SUSPENDED",
        "COMPLETED, CD, ENDED",
        "FAILED, F, ENDED",
        "CANCELLED by 0, CA, ENDED",
        "CANCELLED+, CA, ENDED",
        "TIMEOUT, TO, ENDED",
        "NODE_FAIL, NF, ENDED",
        "PREEMPTED, PR, ENDED",
        "BOOT_FAIL, BF, ENDED",
        "DEADLINE, DL, ENDED",
        "OUT_OF_MEMORY, OOM, ENDED",
        "REVOKED, RV, ENDED",
        "SOMETHING_NEW, XX, RUNNING"
    })
    void everyStateHasItsMeaningInBothSpellings(String word, String code, SlurmState.Phase phase) {
        assertThat(SlurmState.parse(word).phase()).isEqualTo(phase);
        assertThat(SlurmState.parse(code)).isEqualTo(SlurmState.parse(word));
    }

    private static JobReport ended(String id, SlurmState state, int exitCode, int signal, int restarts) {
        return new JobReport(id, null, state, null, exitCode, signal, restarts, null);
    }
}
