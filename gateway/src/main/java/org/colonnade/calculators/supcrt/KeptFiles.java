package org.colonnade.calculators.supcrt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.colonnade.identity.GuestSignedIn;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows with an owner, each with files of its own: row and files go together when the owner deletes them or their time is over, and
 * move together when a guest signs in. Everything happens in the caller's transaction.
 */
final class KeptFiles {

    private final JdbcClient jdbc;
    private final Artifacts artifacts;
    private final String table;
    private final String since;
    private final String group;

    /**
     * @param table with the columns {@code id} and {@code owner}
     * @param since the column from which the time to keep a row counts
     * @param group what the groups of artifacts begin with
     */
    KeptFiles(JdbcClient jdbc, Artifacts artifacts, String table, String since, String group) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.table = table;
        this.since = since;
        this.group = group;
    }

    private String group(UUID id) {
        return group + ":" + id;
    }

    void store(UUID id, String name, String type, byte[] content) {
        try {
            artifacts.store(group(id), name, type, new ByteArrayInputStream(content), content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Artifact> files(UUID id) {
        return artifacts.list(group(id));
    }

    /**
     * @param column that names one row among those of its owner
     * @return false when the owner has no such row
     */
    boolean delete(Owner owner, String column, Object value) {
        return deleteFilesOf(jdbc.sql("delete from %s where owner = :owner and %s = :value returning id"
                                .formatted(table, column))
                        .param("owner", owner.value())
                        .param("value", value)
                        .query(KeptFiles::id)
                        .list())
                > 0;
    }

    int deleteOlderThan(Duration retention) {
        return deleteFilesOf(jdbc.sql("delete from %s where %s < now() - make_interval(secs => :seconds) returning id"
                        .formatted(table, since))
                .param("seconds", retention.toSeconds())
                .query(KeptFiles::id)
                .list());
    }

    private static UUID id(ResultSet row, int number) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    private int deleteFilesOf(List<UUID> gone) {
        gone.forEach(id -> artifacts.deleteGroup(group(id)));
        return gone.size();
    }

    /** What a guest had belongs to the account from now on. */
    void adopt(GuestSignedIn signedIn) {
        jdbc.sql("update %s set owner = :account where owner = :guest".formatted(table))
                .param("account", signedIn.account().value())
                .param("guest", signedIn.guest().value())
                .update();
    }
}
