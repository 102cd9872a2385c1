package org.colonnade.jobs;

/**
 * Published inside the transaction that removes an ended job past its retention: whoever keeps something about the job
 * removes it too.
 */
public record JobRemoved(JobId id, String kind, Owner owner) {}
