package org.colonnade.web;

import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of job appears on the pages about work. A bean of this type belongs to the column that does the kind.
 *
 * @param kind the job kind's stable name
 * @param name what one such job is called, e.g. {@code PHREEQC run}
 * @param path the column's own page of a job, with {@code {id}} in it; null if the common page says all
 * @param again the page where it can be run again with changes, with {@code {id}} in it; null if running again means
 *     submitting the same input once more
 */
public record JobPage(
        String kind,
        String name,
        @Nullable String path,
        @Nullable String again) {

    public @Nullable String pathOf(JobId id) {
        return path == null ? null : path.replace("{id}", id.toString());
    }

    public @Nullable String againOf(JobId id) {
        return again == null ? null : again.replace("{id}", id.toString());
    }
}
