package org.colonnade.identity.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes and reads the audit log. */
@Repository
public class AuditJournal implements AuditLog {

    /**
     * What to show.
     *
     * @param who part of the actor's id or name; empty for all
     * @param action beginning of the action; empty for all
     * @param target part of the target; empty for all
     * @param outcome null for all
     * @param before null for the first page, else the last sequence of the page before
     */
    public record Filter(
            String who,
            String action,
            String target,
            @Nullable Outcome outcome,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before) {}

    /** One entry. */
    public record Entry(
            long sequence,
            Instant at,
            String who,
            String whoName,
            String address,
            String action,
            String target,
            Outcome outcome,
            String detail) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;

    AuditJournal(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void record(Visitor who, String action, String target, Outcome outcome, String detail) {
        switch (outcome) {
            case DONE -> write(who, action, target, outcome, detail);
            case REFUSED, FAILED ->
                ownTransaction.executeWithoutResult(status -> write(who, action, target, outcome, detail));
        }
    }

    private void write(Visitor who, String action, String target, Outcome outcome, String detail) {
        jdbc.sql("""
                insert into identity.audit_entry (who, who_name, address, action, target, outcome, detail)
                values (:who, :name, :address, :action, :target, :outcome, :detail)
                """)
                .param("who", who.owner().value())
                .param("name", who.name())
                .param("address", address())
                .param("action", action)
                .param("target", target)
                .param("outcome", outcome.name())
                .param("detail", detail)
                .update();
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? addressOf(attributes.getRequest())
                : "";
    }

    private static String addressOf(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address == null ? "" : address;
    }

    public List<Entry> list(Filter filter, int limit) {
        return jdbc.sql("""
                select sequence, at, who, who_name, address, action, target, outcome, detail
                from identity.audit_entry
                where (:who = '' or position(lower(:who) in lower(who || ' ' || who_name)) > 0)
                  and (:action = '' or starts_with(action, :action))
                  and (:target = '' or position(lower(:target) in lower(target)) > 0)
                  and (:outcome::text is null or outcome = :outcome)
                  and (:since::timestamptz is null or at >= :since::timestamptz)
                  and (:until::timestamptz is null or at < :until::timestamptz)
                  and (:before::bigint is null or sequence < :before)
                order by sequence desc
                limit :limit
                """)
                .param("who", filter.who())
                .param("action", filter.action())
                .param("target", filter.target())
                .param(
                        "outcome",
                        filter.outcome() == null ? null : filter.outcome().name())
                .param("since", filter.since() == null ? null : filter.since().toString())
                .param("until", filter.until() == null ? null : filter.until().toString())
                .param("before", filter.before())
                .param("limit", limit)
                .query((row, n) -> new Entry(
                        row.getLong("sequence"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("who"),
                        row.getString("who_name"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("target"),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getString("detail")))
                .list();
    }
}
