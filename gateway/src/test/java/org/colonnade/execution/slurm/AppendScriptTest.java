package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.colonnade.execution.place.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the far end does with a large file, by a shell of this machine. */
class AppendScriptTest {

    @TempDir
    Path folder;

    private Path part;

    @BeforeEach
    void name() {
        part = folder.resolve("a part's $name");
    }

    private record Answer(int status, String out, String err) {}

    @Test
    void whatWasThereAndWhatCameAreHashedTogether() throws Exception {
        // given
        Files.writeString(part, "granite ");
        // when
        Answer answer = append("", "gneiss".getBytes(UTF_8));
        // then
        assertThat(answer.status()).isZero();
        assertThat(part).content().isEqualTo("granite gneiss");
        assertThat(answer.out())
                .startsWith("holds 8 bytes\n")
                .contains(Digest.of(part))
                .endsWith("\n14\n");
    }

    @Test
    void aFileThatFindsNoRoomSaysSoAndIsReadNoFurther() throws Exception {
        // when the file may grow to 64 blocks of 512 bytes
        Answer answer = append("trap '' XFSZ; ulimit -f 64\n", new byte[8 << 20]);
        // then
        assertNoRoom(answer, "File too large");
        assertThat(Files.size(part)).isEqualTo(64 * 512);
    }

    @Test
    void aQuotaThatIsReachedIsWantOfRoomToo() throws Exception {
        // given the words that this machine has for it
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path cat = Files.writeString(programs.resolve("cat"), """
            #!/bin/sh
            python3 -c 'import errno, os; print("cat: write error:", os.strerror(errno.EDQUOT))' >&2
            exit 1
            """);
        assertThat(cat.toFile().setExecutable(true)).isTrue();
        // when
        Answer answer = append("PATH='" + programs + "':$PATH\n", new byte[0]);
        // then
        assertNoRoom(answer, "Disk quota exceeded");
    }

    private static void assertNoRoom(Answer answer, String words) {
        assertThat(answer.status()).isPositive();
        assertThatExceptionOfType(Staging.NoSpaceException.class)
                .isThrownBy(() -> Staging.expectSuccess(answer.status(), answer.err(), answer.err()))
                .withMessageContaining(words);
    }

    private Answer append(String before, byte[] input) throws IOException, InterruptedException {
        String script =
                before + new String(Slurm.resource("sum.sh"), UTF_8) + new String(Slurm.resource("append.sh"), UTF_8);
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder("sh", "-c", script, "sh", part.toString())
                .redirectError(err.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException notReadToItsEnd) {
            assertThat(notReadToItsEnd).hasMessageContaining("Broken pipe");
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
    }
}
