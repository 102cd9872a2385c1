package org.colonnade.calculators.supcrt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.identity.GuestSignedIn;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the databases that people bring: record and file in one transaction, each for its owner alone. */
@Repository
class OwnDatabases {

    private static final String COLUMNS = "id, name, species, used_at";

    private final JdbcClient jdbc;
    private final Artifacts artifacts;

    OwnDatabases(JdbcClient jdbc, Artifacts artifacts) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
    }

    /** @param species how many it holds */
    record Own(UUID id, String name, int species, Instant usedAt) {}

    private static String group(UUID id) {
        return "supcrt-database:" + id;
    }

    /** By name. */
    public List<Own> list(Owner owner) {
        return jdbc.sql("select %s from calculators.own_database where owner = :owner order by name".formatted(COLUMNS))
                .param("owner", owner.value())
                .query(OwnDatabases::read)
                .list();
    }

    public Optional<Own> find(Owner owner, String name) {
        return jdbc.sql("select %s from calculators.own_database where owner = :owner and name = :name"
                        .formatted(COLUMNS))
                .param("owner", owner.value())
                .param("name", name)
                .query(OwnDatabases::read)
                .optional();
    }

    private static Own read(ResultSet row, int number) throws SQLException {
        return new Own(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("species"),
                row.getObject("used_at", OffsetDateTime.class).toInstant());
    }

    /** @throws DuplicateKeyException if the owner has one of this name */
    @Transactional
    public void add(Owner owner, String name, int species, byte[] content) {
        var id = UUID.randomUUID();
        jdbc.sql("""
            insert into calculators.own_database (id, owner, name, species)
            values (:id, :owner, :name, :species)
            """)
                .param("id", id)
                .param("owner", owner.value())
                .param("name", name)
                .param("species", species)
                .update();
        try {
            artifacts.store(
                    group(id), name, "application/octet-stream", new ByteArrayInputStream(content), content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that a database is used; once a day is enough. */
    public Own used(Own own) {
        if (own.usedAt().isBefore(Instant.now().minus(Duration.ofDays(1)))) {
            jdbc.sql("update calculators.own_database set used_at = now() where id = :id")
                    .param("id", own.id())
                    .update();
        }
        return own;
    }

    /** The file as it was uploaded. */
    public byte[] content(Own own) {
        Artifact file = artifacts.list(group(own.id())).getFirst();
        try (var content = artifacts.open(file, 0)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return false when the owner has no such database */
    @Transactional
    public boolean delete(Owner owner, String name) {
        var id = jdbc.sql("delete from calculators.own_database where owner = :owner and name = :name returning id")
                .param("owner", owner.value())
                .param("name", name)
                .query(UUID.class)
                .optional();
        id.ifPresent(gone -> artifacts.deleteGroup(group(gone)));
        return id.isPresent();
    }

    /** Removes those that nobody used for so long. */
    @Transactional
    public int deleteUnused(Duration retention) {
        var gone = jdbc.sql("""
            delete from calculators.own_database where used_at < now() - make_interval(secs => :seconds) returning id
            """)
                .param("seconds", retention.toSeconds())
                .query(UUID.class)
                .list();
        gone.forEach(id -> artifacts.deleteGroup(group(id)));
        return gone.size();
    }

    /** What a guest brought belongs to the account from now on; a name that the account has already gets a number. */
    @EventListener
    public void adopt(GuestSignedIn signedIn) {
        for (Own own : list(signedIn.guest())) {
            jdbc.sql("update calculators.own_database set owner = :account, name = :name where id = :id")
                    .param("account", signedIn.account().value())
                    .param("name", free(signedIn.account(), own.name()))
                    .param("id", own.id())
                    .update();
        }
    }

    private String free(Owner account, String name) {
        String candidate = name;
        for (int number = 2; find(account, candidate).isPresent(); number++) {
            candidate = name.substring(0, Math.min(name.length(), 36)) + "-" + number;
        }
        return candidate;
    }
}
