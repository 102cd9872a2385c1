package org.colonnade.jobs;

import java.util.Optional;

/**
 * What a running handler sees of its job. Every write is fenced: once the job was cancelled or lost to another worker
 * each method throws {@link InterruptedException}, and changes nothing.
 */
public interface JobContext {

    Job job();

    /** @param fraction from 0 to 1, or NaN when only the sentence is known */
    void progress(double fraction, String sentence) throws InterruptedException;

    /** Appends lines to the job's log. May be buffered for a fraction of a second. */
    void log(String text) throws InterruptedException;

    /** Keeps a fact, such as a cluster's job id, durably before returning. Replaces an earlier value. */
    void record(String name, String value) throws InterruptedException;

    Optional<String> recorded(String name);

    /** Throws if the job was cancelled or lost; long loops call it now and then. */
    void check() throws InterruptedException;
}
