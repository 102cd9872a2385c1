package org.colonnade.execution.place;

import java.time.Duration;
import java.util.Optional;
import org.colonnade.execution.Limits;
import org.springframework.util.unit.DataSize;

/** The most that one job may ask for at a place, as its operator allows. */
public record Ceiling(String place, int cores, Duration wallTime, DataSize memory) {

    private static final long MEGABYTE = 1 << 20;

    /** Why this is not allowed; empty if it is. */
    public Optional<String> objection(Limits limits) {
        if (limits.cores() > cores) {
            return refused("%d cores asked, at most %d".formatted(limits.cores(), cores));
        }
        if (limits.wallTime().compareTo(wallTime) > 0) {
            return refused("%d minutes asked, at most %d"
                    .formatted(limits.wallTime().plusSeconds(59).toMinutes(), wallTime.toMinutes()));
        }
        if (limits.memoryBytes() > memory.toBytes()) {
            return refused("%d MB of memory asked, at most %d MB"
                    .formatted((limits.memoryBytes() + MEGABYTE - 1) / MEGABYTE, memory.toMegabytes()));
        }
        return Optional.empty();
    }

    private Optional<String> refused(String what) {
        return Optional.of(place + " does not allow this: " + what);
    }
}
