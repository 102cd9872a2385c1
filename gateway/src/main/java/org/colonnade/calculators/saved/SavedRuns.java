package org.colonnade.calculators.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.colonnade.identity.GuestSignedIn;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps computations by their address, each for its owner alone. */
@Repository
public class SavedRuns {

    static final int MOST_PER_OWNER = 500;
    static final int LONGEST_QUERY = 8_000;
    static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;

    SavedRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. */
    public List<SavedRun> list(Owner owner) {
        return jdbc.sql("""
            select id, calculator, name, query, created_at
            from calculators.saved_run
            where owner = :owner
            order by created_at desc, id desc
            limit :most
            """)
                .param("owner", owner.value())
                .param("most", MOST_PER_OWNER)
                .query(SavedRuns::read)
                .list();
    }

    private static SavedRun read(ResultSet row, int number) throws SQLException {
        return new SavedRun(
                row.getObject("id", UUID.class),
                row.getString("calculator"),
                row.getString("name"),
                row.getString("query"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /**
     * @throws ProblemException when the name or the query is too long, or the owner keeps too many
     */
    @Transactional
    public SavedRun save(Owner owner, String calculator, String name, String query) {
        if (name.isBlank() || name.strip().length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw ProblemException.invalid("name", "must have 1 to %d characters".formatted(LONGEST_NAME));
        }
        if (query.length() > LONGEST_QUERY || !query.matches("[\\x21-\\x7e]*")) {
            throw ProblemException.invalid("query", "is no query of at most %d characters".formatted(LONGEST_QUERY));
        }
        int added = jdbc.sql("""
            insert into calculators.saved_run (id, owner, calculator, name, query)
            select :id, :owner, :calculator, :name, :query
            where (select count(*) from calculators.saved_run where owner = :owner) < :most
            """)
                .param("id", UUID.randomUUID())
                .param("owner", owner.value())
                .param("calculator", calculator)
                .param("name", name.strip())
                .param("query", query)
                .param("most", MOST_PER_OWNER)
                .update();
        if (added == 0) {
            throw ProblemException.of(
                    ProblemType.CONFLICT, "You keep %d runs already; delete some first".formatted(MOST_PER_OWNER));
        }
        return list(owner).getFirst();
    }

    /** @return false when the owner has no such run */
    public boolean delete(Owner owner, UUID id) {
        return jdbc.sql("delete from calculators.saved_run where id = :id and owner = :owner")
                        .param("id", id)
                        .param("owner", owner.value())
                        .update()
                > 0;
    }

    /** What a guest kept belongs to the account from now on. */
    @EventListener
    public void adopt(GuestSignedIn signedIn) {
        jdbc.sql("update calculators.saved_run set owner = :account where owner = :guest")
                .param("account", signedIn.account().value())
                .param("guest", signedIn.guest().value())
                .update();
    }
}
