package org.colonnade.jobs;

import java.time.Instant;

/**
 * One line of a job's log.
 *
 * @param sequence grows within a job; a reader resumes after the last one it saw
 */
public record LogLine(long sequence, Instant at, int attempt, String text) {}
