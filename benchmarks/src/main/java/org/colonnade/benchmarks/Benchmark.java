package org.colonnade.benchmarks;

import java.nio.file.Path;

/** One named benchmark. It brings its peer and everything else that it needs. */
public interface Benchmark {

    /** As typed after {@code ./bench}. */
    String name();

    /** One line for the list. */
    String title();

    /**
     * Measures and reports each figure as soon as it is known.
     *
     * @param scratch an empty folder that is deleted afterwards
     */
    void run(Report report, Path scratch) throws Exception;
}
