package org.colonnade.execution.place;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.colonnade.execution.Command;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Step;

/** Small commands for a place, and how one is followed to its end. */
public final class Trial {

    private Trial() {}

    public static Command shell(String script) {
        return shell(script, limits(Duration.ofMinutes(5)));
    }

    public static Command shell(String script, Limits limits) {
        return new Command(
                List.of("/bin/bash", "-c", script), Map.of(), Map.of(), Map.of("PATH", "/usr/bin:/bin"), limits);
    }

    public static Limits limits(Duration wallTime) {
        return limits(wallTime, 1);
    }

    public static Limits limits(Duration wallTime, int cores) {
        return new Limits(wallTime, wallTime, 256L << 20, 64, 64L << 20, 64L << 20, 1L << 20, cores);
    }

    /** Asks a place again and again, as the job engine does. */
    public static Step.Ended runToEnd(
            PlaceAdapter place, RecordingContext context, Command command, Duration patience) {
        var last = new AtomicReference<Step>();
        await().atMost(patience).until(() -> {
            last.set(place.advance(context, command));
            return last.get() instanceof Step.Ended;
        });
        return (Step.Ended) last.get();
    }

    /** By the names of the files. */
    public static Map<String, String> contents(Step.Ended ended) throws IOException {
        Map<String, String> contents = new HashMap<>();
        for (Path file : ended.files()) {
            contents.put(file.getFileName().toString(), Files.readString(file));
        }
        return contents;
    }
}
