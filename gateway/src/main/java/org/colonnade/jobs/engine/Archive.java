package org.colonnade.jobs.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.jobs.Gateway;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobEvent;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.LogLine;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads jobs as they stand now, and what happened to them. */
final class Archive {

    private static final String SELECT = """
            select j.id, j.kind, j.owner, j.title, j.input, coalesce(j.state::text, q.stage::text) as stage,
                j.state is null as unfinished, coalesce(q.attempt, j.attempt) as attempt,
                j.attempt as last_attempt, j.priority,
                case when j.state is null then p.fraction else j.fraction end as fraction,
                case
                    when j.state is not null then j.sentence
                    when q.stage in ('running', 'checking') or j.units is not null then coalesce(p.sentence, q.why)
                    else q.why end as sentence,
                j.result, j.submitted_at, coalesce(j.started_at, q.started_at) as started_at, q.waiting_since,
                j.ended_at, (select u.id from jobs.job u where u.number = j.parent) as parent
            from jobs.job j
            left join jobs.queue q on q.number = j.number
            left join jobs.progress p on p.job = j.number
            """;

    private final JdbcClient jdbc;

    Archive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Job> find(JobId id) {
        return jdbc.sql(SELECT + "where j.id = ?")
                .param(id.value())
                .query((row, n) -> read(row))
                .optional();
    }

    Optional<Long> number(JobId id) {
        return jdbc.sql("select number from jobs.job where id = ?")
                .param(id.value())
                .query((row, n) -> row.getLong(1))
                .optional();
    }

    List<Job> list(
            @Nullable Owner owner,
            @Nullable String kind,
            @Nullable JobState state,
            @Nullable JobId parent,
            @Nullable JobId before,
            int limit) {
        var sql = new StringBuilder(SELECT);
        sql.append(
                parent == null
                        ? "where j.parent is null"
                        : "where j.parent = (select number from jobs.job where id = :parent)");
        if (owner != null) {
            sql.append(" and j.owner = :owner");
        }
        if (kind != null) {
            sql.append(" and j.kind = :kind");
        }
        if (state != null) {
            sql.append(condition(state));
        }
        if (before != null) {
            sql.append(" and j.number < (select number from jobs.job where id = :before)");
        }
        sql.append(" order by j.number desc limit :limit");
        return jdbc.sql(sql.toString())
                .param("parent", parent == null ? null : parent.value())
                .param("owner", owner == null ? null : owner.value())
                .param("kind", kind)
                .param("state", state == null ? null : state.name().toLowerCase(Locale.ROOT))
                .param("before", before == null ? null : before.value())
                .param("limit", limit)
                .query((row, n) -> read(row))
                .list();
    }

    private static String condition(JobState state) {
        return switch (state) {
            case QUEUED -> " and j.state is null and q.stage in ('held', 'ready', 'delayed')";
            case RUNNING -> " and j.state is null and q.stage = 'running'";
            case WAITING -> " and j.state is null and q.stage in ('waiting', 'recheck', 'checking')";
            case COMPLETED, FAILED, TIMED_OUT, CANCELLED -> " and j.state = :state::jobs.state";
        };
    }

    private static Job read(ResultSet row) throws SQLException {
        boolean unfinished = row.getBoolean("unfinished");
        String stage = row.getString("stage");
        UUID parent = row.getObject("parent", UUID.class);
        return new Job(
                new JobId(row.getObject("id", UUID.class)),
                row.getString("kind"),
                new Owner(row.getString("owner")),
                row.getString("title"),
                row.getString("input"),
                unfinished ? Stage.of(stage).state() : Transitions.state(stage),
                row.getInt(unfinished ? "attempt" : "last_attempt"),
                row.getInt("priority"),
                Rows.realOrNull(row, "fraction"),
                row.getString("sentence"),
                row.getString("result"),
                Rows.time(row, "submitted_at"),
                Rows.timeOrNull(row, "started_at"),
                unfinished ? Rows.timeOrNull(row, "waiting_since") : null,
                Rows.timeOrNull(row, "ended_at"),
                parent == null ? null : new JobId(parent));
    }

    long countUnfinished(Owner owner) {
        return jdbc.sql("""
                select count(*)
                from jobs.queue q
                join jobs.job j on j.number = q.number
                where q.owner = ? and j.state is null
                """)
                .param(owner.value())
                .query((row, n) -> row.getLong(1))
                .single();
    }

    List<Gateway> gateways() {
        Map<Long, List<Gateway.Running>> running = new HashMap<>();
        jdbc.sql("""
                select q.gateway, q.attempt, q.since, j.id, j.kind, j.owner, j.title
                from jobs.queue q
                join jobs.job j on j.number = q.number
                where q.stage in ('running', 'checking', 'abandoning')
                order by q.since
                """).query(row -> {
            running.computeIfAbsent(row.getLong("gateway"), key -> new ArrayList<>())
                    .add(new Gateway.Running(
                            new JobId(row.getObject("id", UUID.class)),
                            row.getString("kind"),
                            new Owner(row.getString("owner")),
                            row.getString("title"),
                            row.getInt("attempt"),
                            Rows.time(row, "since")));
        });
        return jdbc.sql("select number, name, started_at, seen_at, workers from jobs.gateway order by started_at")
                .query((row, n) -> new Gateway(
                        row.getString("name"),
                        Rows.time(row, "started_at"),
                        Rows.time(row, "seen_at"),
                        row.getInt("workers"),
                        running.getOrDefault(row.getLong("number"), List.of())))
                .list();
    }

    List<JobEvent> events(JobId id) {
        return jdbc.sql("""
                select sequence, at, who, from_state, to_state, attempt, why
                from jobs.event
                where job = (select number from jobs.job where id = ?)
                order by sequence
                """)
                .param(id.value())
                .query((row, n) -> {
                    String from = row.getString("from_state");
                    return new JobEvent(
                            row.getLong("sequence"),
                            Rows.time(row, "at"),
                            row.getString("who"),
                            from == null ? null : Transitions.state(from),
                            Transitions.state(row.getString("to_state")),
                            row.getInt("attempt"),
                            row.getString("why"));
                })
                .list();
    }

    List<LogLine> log(JobId id, long after, int limit) {
        return jdbc.sql("""
                select sequence, at, attempt, text
                from jobs.log
                where job = (select number from jobs.job where id = ?) and sequence > ?
                order by sequence
                limit ?
                """)
                .param(id.value())
                .param(after)
                .param(limit)
                .query((row, n) -> new LogLine(
                        row.getLong("sequence"), Rows.time(row, "at"), row.getInt("attempt"), row.getString("text")))
                .list();
    }
}
