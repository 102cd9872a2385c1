package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that every job runs, in a real shell. */
class BatchScriptTest {

    @TempDir
    Path folder;

    @BeforeEach
    void fillFolder() throws IOException {
        Files.write(folder.resolve("batch.sh"), Slurm.resource("batch.sh"));
        Files.writeString(folder.resolve("arguments"), "/bin/sh\0-c\0touch reached; exit 3\0");
        Files.writeString(folder.resolve("environment"), "PATH=/usr/bin:/bin\0");
    }

    @Test
    void theStatusOfTheCommandIsThatOfTheJobAndIsNotedDown() throws Exception {
        assertThat(run()).isEqualTo(3);
        assertThat(folder.resolve("work/reached")).exists();
        assertThat(noted()).isEqualTo(new EndNote(3, 0));
    }

    @Test
    void theNoteSaysOfWhichStartItIs() throws Exception {
        run(Map.of("SLURM_RESTART_COUNT", "2"));
        assertThat(noted()).isEqualTo(new EndNote(3, 2));
    }

    @Test
    @Tag("A.7")
    void aCommandWhosePreparationFailedNeverStarts() throws Exception {
        // given a file system that lost what the job was to run
        Files.delete(folder.resolve("arguments"));
        // then
        assertThat(run()).isEqualTo(90);
        assertThat(folder.resolve("ended")).doesNotExist();
        // and one on which it cannot make its folder
        Files.writeString(folder.resolve("arguments"), "/bin/sh\0-c\0touch reached\0");
        Files.deleteIfExists(folder.resolve("work"));
        Files.writeString(folder.resolve("work"), "in the way");
        assertThat(run()).isEqualTo(90);
        assertThat(folder.resolve("ended")).doesNotExist();
    }

    @Test
    @Tag("A.9")
    void aJobThatWasCancelledWhileItWasSubmittedDoesNotStart() throws Exception {
        Files.createFile(folder.resolve("cancelled"));
        assertThat(run()).isEqualTo(130);
        assertThat(folder.resolve("work/reached")).doesNotExist();
    }

    private EndNote noted() throws IOException {
        return EndNote.parse(Files.readString(folder.resolve("ended")).strip()).orElseThrow();
    }

    private int run() throws IOException, InterruptedException {
        return run(Map.of());
    }

    private int run(Map<String, String> environment) throws IOException, InterruptedException {
        var batch = new ProcessBuilder("bash", "batch.sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("scheduler.log").toFile());
        batch.environment().putAll(environment);
        return batch.start().waitFor();
    }
}
