package org.colonnade.execution.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** The one place where text becomes words of a POSIX shell. */
public final class ShellWords {

    private ShellWords() {}

    /**
     * A word that any POSIX shell reads back as exactly {@code text}.
     *
     * @throws IllegalArgumentException if the text has a NUL, which no argument can carry
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A NUL cannot be part of an argument");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The words of one command, quoted and separated. */
    public static String command(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
