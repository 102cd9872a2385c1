package org.colonnade.certification.oms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.colonnade.certification.certify.Ingest;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for runs that changed since the last look. A run that cannot be taken over keeps the mark where it is, so that
 * the next look tries it again, and does not keep the others from being taken over.
 */
@Component
public class OmsPoll {

    private static final Logger LOG = LoggerFactory.getLogger(OmsPoll.class);
    private static final int PAGE = 49;
    // Smaller numbers are tests of the machine's own software.
    private static final int LEAST_RUN = 100_000;

    private final OmsClient oms;
    private final Ingest ingest;
    private final JdbcClient jdbc;

    OmsPoll(OmsClient oms, Ingest ingest, JdbcClient jdbc) {
        this.oms = oms;
        this.ingest = ingest;
        this.jdbc = jdbc;
    }

    /** What one look brought. */
    public record Tick(int changed, int failed) {}

    /**
     * @return empty if another gateway is looking
     * @throws OmsUnavailableException if the monitoring system cannot be asked at all
     */
    public Optional<Tick> tick() {
        Optional<String> mark = claim();
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        String reached = mark.get();
        String failure = null;
        int failed = 0;
        try {
            int changed = 0;
            for (ObjectNode run : changedSince(reached)) {
                if (take(run)) {
                    changed++;
                    reached = failed == 0 ? run.path("last_update").asString(reached) : reached;
                } else {
                    failed++;
                }
            }
            return Optional.of(new Tick(changed, failed));
        } catch (OmsUnavailableException e) {
            failure = e.getMessage();
            throw e;
        } finally {
            release(reached, failure, failure == null && failed == 0);
        }
    }

    /** Seconds since a look after which everything was taken over; NaN if there was none. */
    double behind() {
        return jdbc.sql("""
            select coalesce(extract(epoch from now() - complete_at), 'NaN')
            from certification.oms_poll
            """).query(Double.class).single();
    }

    private boolean take(ObjectNode run) {
        int number = run.path("run_number").asInt(0);
        try {
            oms.run(number).ifPresent(report -> ingest.take(number, report));
            return true;
        } catch (OmsUnavailableException | ProblemException | IllegalArgumentException e) {
            LOG.warn("Run {} was not taken over and will be tried again: {}", number, e.getMessage());
            return false;
        }
    }

    /** Oldest change first. */
    private List<ObjectNode> changedSince(String mark) {
        var found = new ArrayList<ObjectNode>();
        for (int offset = 0; ; offset += PAGE) {
            List<ObjectNode> page = oms.latest(PAGE, offset);
            page.stream()
                    .filter(r -> r.path("run_number").asInt(0) > LEAST_RUN)
                    .filter(r -> lastUpdate(r).compareTo(mark) >= 0)
                    .forEach(found::add);
            if (page.size() < PAGE || lastUpdate(page.getLast()).compareTo(mark) < 0) {
                break;
            }
        }
        found.sort(Comparator.comparing(OmsPoll::lastUpdate));
        return found;
    }

    private static String lastUpdate(ObjectNode run) {
        return run.path("last_update").asString("");
    }

    private Optional<String> claim() {
        return jdbc.sql("""
                        update certification.oms_poll
                        set lease_until = now() + interval '10 minutes', asked_at = now()
                        where lease_until < now()
                        returning high_water
                        """).query((rs, n) -> rs.getString(1)).optional();
    }

    private void release(String mark, @Nullable String failure, boolean complete) {
        jdbc.sql("""
                        update certification.oms_poll
                        set lease_until = '-infinity', high_water = :mark, failure = :failure,
                            complete_at = case when :complete then now() else complete_at end
                        """)
                .param("mark", mark)
                .param("failure", failure)
                .param("complete", complete)
                .update();
    }
}
