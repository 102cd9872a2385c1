package org.colonnade.benchmarks;

/** Receives figures. */
public interface Report {

    void add(Measure measure);

    /** A line about conditions: machine, versions, spread. */
    void note(String text);
}
