package org.colonnade.jobs.engine;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Writes log lines and progress of many jobs in one transaction, each only while its claim is valid. */
final class Scribe {

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Set<Execution> dirty = new LinkedHashSet<>();

    Scribe(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    void dirty(Execution execution) {
        synchronized (dirty) {
            dirty.add(execution);
        }
    }

    /** Writes everything that was said since the last time. @return the jobs that changed */
    Set<Long> flush() {
        List<Execution> batch;
        synchronized (dirty) {
            batch = List.copyOf(dirty);
            dirty.clear();
        }
        var taken = new HashMap<Execution, Notes.Taken>();
        batch.forEach(execution -> taken.put(execution, execution.notes().take()));
        try {
            transaction.executeWithoutResult(status -> write(taken));
        } catch (RuntimeException e) {
            LOG.warn("Log lines of {} jobs could not be written and are kept: {}", taken.size(), e.getMessage());
            restore(taken);
        } finally {
            batch.forEach(execution -> execution.notes().settled());
        }
        return taken.keySet().stream().map(e -> e.claimed().number()).collect(Collectors.toSet());
    }

    /** What these handlers said last; to be written in the transaction that ends their run. */
    Map<Execution, Notes.Taken> last(Collection<Execution> executions) {
        var taken = new HashMap<Execution, Notes.Taken>();
        for (Execution execution : executions) {
            Notes.Taken notes = execution.notes().takeLast();
            if (!notes.isEmpty()) {
                taken.put(execution, notes);
            }
        }
        return taken;
    }

    void restore(Map<Execution, Notes.Taken> taken) {
        taken.forEach((execution, notes) -> {
            execution.notes().restore(notes);
            dirty(execution);
        });
    }

    void write(Map<Execution, Notes.Taken> taken) {
        if (!taken.isEmpty()) {
            writeLines(taken);
            writeProgress(taken);
        }
    }

    private void writeLines(Map<Execution, Notes.Taken> taken) {
        var jobs = new ArrayList<Long>();
        var claims = new ArrayList<Integer>();
        var times = new ArrayList<Timestamp>();
        var texts = new ArrayList<String>();
        taken.forEach((execution, notes) -> {
            for (Notes.Line line : notes.lines()) {
                jobs.add(execution.claimed().number());
                claims.add(execution.claimed().claim());
                times.add(Timestamp.from(line.at()));
                texts.add(line.text());
            }
        });
        if (jobs.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into jobs.log (job, at, attempt, text)
                select q.number, l.at, q.attempt, l.text
                from unnest(?::bigint[], ?::integer[], ?::timestamptz[], ?::text[])
                    with ordinality as l (job, claim, at, text, place)
                join jobs.queue q on q.number = any (array[l.job]) and q.claim = l.claim
                where q.stage in ('running', 'checking', 'abandoning')
                order by l.place
                """)
                .param(jobs.toArray(Long[]::new))
                .param(claims.toArray(Integer[]::new))
                .param(times.toArray(Timestamp[]::new))
                .param(texts.toArray(String[]::new))
                .update();
    }

    private void writeProgress(Map<Execution, Notes.Taken> taken) {
        var jobs = new ArrayList<Long>();
        var claims = new ArrayList<Integer>();
        var fractions = new ArrayList<@Nullable Double>();
        var sentences = new ArrayList<String>();
        taken.forEach((execution, notes) -> {
            Notes.Progress progress = notes.progress();
            if (progress != null) {
                jobs.add(execution.claimed().number());
                claims.add(execution.claimed().claim());
                fractions.add(progress.fraction());
                sentences.add(progress.sentence());
            }
        });
        if (jobs.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into jobs.progress (job, at, fraction, sentence)
                select q.number, now(), p.fraction, p.sentence
                from unnest(?::bigint[], ?::integer[], ?::double precision[], ?::text[])
                    as p (job, claim, fraction, sentence)
                join jobs.queue q on q.number = any (array[p.job]) and q.claim = p.claim
                where q.stage in ('running', 'checking')
                on conflict (job) do update
                set at = excluded.at,
                    fraction = coalesce(excluded.fraction, jobs.progress.fraction),
                    sentence = excluded.sentence
                """)
                .param(jobs.toArray(Long[]::new))
                .param(claims.toArray(Integer[]::new))
                .param(fractions.toArray(Double[]::new))
                .param(sentences.toArray(String[]::new))
                .update();
    }
}
