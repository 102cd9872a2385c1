package org.colonnade.jobs.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * From which virtual time on claims look, by kind: below it there is most likely nothing left but index entries of jobs
 * claimed before. A hint only. It is forgotten every second and whenever a claim finds less than it wanted, so a job that
 * comes to stand below it waits no longer than that.
 */
final class Floors {

    private final long margin;
    private final Map<String, Long> floors = new ConcurrentHashMap<>();

    /**
     * @param atOnce how many jobs may be claimed at the same moment: a newcomer may stand before as many. In virtual time
     *     a job takes one unit
     */
    Floors(int atOnce) {
        margin = 16 + 2L * atOnce;
    }

    Long[] of(String[] kinds) {
        var result = new Long[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            result[i] = floors.getOrDefault(kinds[i], 0L);
        }
        return result;
    }

    void claimed(List<Claimed> claimed) {
        claimed.stream()
                .collect(Collectors.toMap(one -> one.job().kind(), Claimed::vtime, Math::min))
                .forEach((kind, vtime) -> floors.put(kind, Math.max(0, vtime - margin)));
    }

    /** Forgets. @return whether there was anything to forget */
    boolean reset() {
        boolean any = !floors.isEmpty();
        floors.clear();
        return any;
    }
}
