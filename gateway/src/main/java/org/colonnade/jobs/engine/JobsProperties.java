package org.colonnade.jobs.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one gateway works on jobs.
 *
 * @param workers how many handlers it runs at once; 0 for a gateway that only submits and shows
 * @param clerks how many connections claim and complete at once
 * @param batch how many jobs one transaction claims and completes at most; it never waits to fill one
 * @param lease how long the gateway may be silent before its jobs go to others
 * @param heartbeat how often it renews its lease; well below a third of it
 * @param poll how often it looks for work that nobody announced
 * @param flush how long log lines and progress may be buffered
 * @param patience how long handlers may take to end when the gateway stops, before their jobs are handed back anyway
 * @param grace how long a handler may take to end after it was asked to, before its job is ended without it
 * @param firstRetry pause before the second attempt; doubles with each further one
 * @param longestRetry the longest pause between attempts
 * @param prune how often a slice of old jobs is looked through for those past their retention
 */
@ConfigurationProperties("colonnade.jobs")
public record JobsProperties(
        @DefaultValue("64") int workers,
        @DefaultValue("2") int clerks,
        @DefaultValue("32") int batch,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("3s") Duration heartbeat,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("200ms") Duration flush,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("30s") Duration grace,
        @DefaultValue("2s") Duration firstRetry,
        @DefaultValue("5m") Duration longestRetry,
        @DefaultValue("10s") Duration prune) {

    public JobsProperties {
        if (workers < 0 || clerks < 1 || batch < 1) {
            throw new IllegalArgumentException("colonnade.jobs: workers ≥ 0, clerks ≥ 1 and batch ≥ 1");
        }
        if (heartbeat.multipliedBy(3).compareTo(lease) > 0) {
            throw new IllegalArgumentException("colonnade.jobs.heartbeat must be at most a third of lease");
        }
    }
}
