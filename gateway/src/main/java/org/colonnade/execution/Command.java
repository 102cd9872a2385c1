package org.colonnade.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command to run in a folder of its own.
 *
 * @param arguments the argument vector, never a shell line; the first is the program, absolute or found on the place's
 *     own path
 * @param inputs files that stand in the folder before the start, by plain name
 * @param readOnly folders of the gateway's machine that the command may read, by the absolute path at which it sees
 *     them; only local places offer this
 * @param environment the whole environment; nothing is inherited
 */
public record Command(
        List<String> arguments,
        Map<String, Path> inputs,
        Map<String, Path> readOnly,
        Map<String, String> environment,
        Limits limits) {

    public Command {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("A command names a program");
        }
        arguments = List.copyOf(arguments);
        inputs = Map.copyOf(inputs);
        readOnly = Map.copyOf(readOnly);
        environment = Map.copyOf(environment);
    }
}
