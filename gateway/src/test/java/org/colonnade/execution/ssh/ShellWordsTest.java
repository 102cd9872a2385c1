package org.colonnade.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Property(tries = 300)
    void aRealShellReadsBackExactlyWhatWasQuoted(@ForAll("arguments") List<String> arguments)
            throws IOException, InterruptedException {
        String line = "printf '%s\\0' " + ShellWords.command(arguments);
        Process shell = new ProcessBuilder("sh", "-c", line).start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        assertThat(output).isEqualTo(String.join("\0", arguments) + "\0");
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        var anything = Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ofMaxLength(40);
        var special = Arbitraries.strings()
                .withChars("'\"\\$`!*?[]{}()<>|&;#~ \t\n\r-=%^")
                .ofMaxLength(20);
        return Arbitraries.oneOf(anything, special).list().ofMinSize(1).ofMaxSize(5);
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> ShellWords.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
