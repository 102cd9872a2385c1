package org.colonnade.calculators.supcrt;

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
    private final KeptFiles kept;

    OwnDatabases(JdbcClient jdbc, Artifacts artifacts) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.kept = new KeptFiles(jdbc, artifacts, "calculators.own_database", "used_at", "supcrt-database");
    }

    /** @param species how many it holds */
    record Own(UUID id, String name, int species, Instant usedAt) {}

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
        kept.store(id, name, "application/octet-stream", content);
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
        Artifact file = kept.files(own.id()).getFirst();
        try (var content = artifacts.open(file, 0)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return false when the owner has no such database */
    @Transactional
    public boolean delete(Owner owner, String name) {
        return kept.delete(owner, "name", name);
    }

    /** Removes those that nobody used for so long. */
    @Transactional
    public int deleteUnused(Duration retention) {
        return kept.deleteOlderThan(retention);
    }

    /** What a guest brought belongs to the account from now on; a name that the account has already gets a number. */
    @EventListener
    public void adopt(GuestSignedIn signedIn) {
        for (Own own : list(signedIn.guest())) {
            if (find(signedIn.account(), own.name()).isPresent()) {
                jdbc.sql("update calculators.own_database set name = :name where id = :id")
                        .param("name", free(signedIn, own.name()))
                        .param("id", own.id())
                        .update();
            }
        }
        kept.adopt(signedIn);
    }

    /** A name that neither the account nor the guest has. */
    private String free(GuestSignedIn signedIn, String name) {
        String stem = name.substring(0, Math.min(name.length(), 36));
        int number = 2;
        while (find(signedIn.account(), stem + "-" + number).isPresent()
                || find(signedIn.guest(), stem + "-" + number).isPresent()) {
            number++;
        }
        return stem + "-" + number;
    }
}
