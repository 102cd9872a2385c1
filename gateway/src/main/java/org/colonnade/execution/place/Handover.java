package org.colonnade.execution.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.colonnade.execution.Command;

/**
 * A command as data for a script that is always the same: its arguments and its environment in files, each item ended by NUL.
 * Nothing of it ever becomes part of a script or of a template.
 */
public final class Handover {

    private Handover() {}

    /** Brings a file that a command only reads to the cluster. */
    @FunctionalInterface
    public interface Bringer {

        /** @return where the file is there */
        String bring(Path file) throws IOException, InterruptedException;
    }

    /**
     * Writes the files {@code arguments} and {@code environment}.
     *
     * @param programs where the cluster keeps a program, by its path here
     * @param folder of this machine to write them into
     * @return the files by their names
     */
    public static Map<String, Path> write(Command command, Map<String, String> programs, Bringer bringer, Path folder)
            throws IOException, InterruptedException {
        List<String> environment = new ArrayList<>();
        command.environment().forEach((key, value) -> environment.add(key + "=" + value));
        return Map.of(
                "arguments",
                Files.write(folder.resolve("arguments"), nulEnded(arguments(command, programs, bringer))),
                "environment",
                Files.write(folder.resolve("environment"), nulEnded(environment)));
    }

    /** An argument that names a file to read only, or a program that the site keeps elsewhere, becomes its path there. */
    private static List<String> arguments(Command command, Map<String, String> programs, Bringer bringer)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String argument : command.arguments()) {
            Path file = command.readOnly().get(argument);
            if (file != null && Files.isRegularFile(file)) {
                arguments.add(bringer.bring(file));
            } else {
                arguments.add(arguments.isEmpty() ? programs.getOrDefault(argument, argument) : argument);
            }
        }
        return arguments;
    }

    private static byte[] nulEnded(List<String> items) {
        var text = new StringBuilder();
        for (String item : items) {
            if (item.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A NUL cannot be part of an argument");
            }
            text.append(item).append('\0');
        }
        return text.toString().getBytes(UTF_8);
    }
}
