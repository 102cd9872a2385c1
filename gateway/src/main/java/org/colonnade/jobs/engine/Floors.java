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

    /**
     * In units of virtual time, one per job. A newcomer may stand before jobs that are being claimed this moment: at most
     * clerks times batch. Walking over so many dead entries costs a few pages.
     */
    private static final long MARGIN = 1_000;

    private final Map<String, Long> floors = new ConcurrentHashMap<>();

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
                .forEach((kind, vtime) -> floors.put(kind, Math.max(0, vtime - MARGIN)));
    }

    /** Forgets. @return whether there was anything to forget */
    boolean reset() {
        boolean any = !floors.isEmpty();
        floors.clear();
        return any;
    }
}
