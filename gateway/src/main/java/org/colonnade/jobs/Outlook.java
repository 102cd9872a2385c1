package org.colonnade.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is not running yet, and when it may.
 *
 * @param position 1 when it is next; over all owners, in the order in which jobs would be claimed now
 * @param reason e.g. "You have 2 jobs running, the most that may run at once"; null when it is simply not its turn
 * @param expectedStart from the recent history of its kind; null when there is too little of it
 */
public record Outlook(
        long position, @Nullable String reason, @Nullable Instant expectedStart) {}
