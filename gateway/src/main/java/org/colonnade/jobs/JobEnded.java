package org.colonnade.jobs;

/** Published inside the transaction that ends a job. */
public record JobEnded(JobId id, String kind, Owner owner, JobState state) {}
