package org.colonnade.certification.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The datasets of 64 successive run numbers. What is made of a block is made again only if one of its datasets changed, and
 * sums over all runs are sums of sums over blocks: the order of additions, and so the last digit, does not depend on what
 * was known before.
 *
 * @param runs by number; the samples of each by name
 */
record Block(List<List<Sample>> runs) {

    private static final int RUNS = 64;

    /** Which block a run is in. */
    static int of(int run) {
        return run / RUNS;
    }

    static int firstRun(int block) {
        return block * RUNS;
    }

    /** @param samples of one block, in order */
    static Block of(Collection<Sample> samples) {
        var runs = new ArrayList<List<Sample>>();
        for (Sample sample : samples) {
            if (runs.isEmpty()
                    || runs.getLast().getFirst().key().run() != sample.key().run()) {
                runs.add(new ArrayList<>(1));
            }
            runs.getLast().add(sample);
        }
        return new Block(runs);
    }

    /** @param samples in order */
    static SortedMap<Integer, Block> all(Collection<Sample> samples) {
        var blocks = new TreeMap<Integer, List<Sample>>();
        samples.forEach(sample -> blocks.computeIfAbsent(of(sample.key().run()), block -> new ArrayList<>())
                .add(sample));
        var result = new TreeMap<Integer, Block>();
        blocks.forEach((number, of) -> result.put(number, of(of)));
        return result;
    }

    List<Sample> samples() {
        return runs.stream().flatMap(List::stream).toList();
    }
}
