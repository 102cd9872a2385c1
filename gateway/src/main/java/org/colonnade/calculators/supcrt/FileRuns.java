package org.colonnade.calculators.supcrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.geochemistry.supcrt.files.ConditionsFile;
import org.colonnade.geochemistry.supcrt.files.PlotFiles;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.TableFile;
import org.colonnade.identity.GuestSignedIn;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs as files: what the original program would have left in its folder, each for its owner alone. A run takes
 * milliseconds, so it is computed while its submission waits; its record and files are kept in one transaction, so that a
 * run exists whole or not at all.
 */
@Repository
class FileRuns {

    /** What was asked for and noted; not one of the original program's files. */
    static final String LOG = "run.log";

    private static final String TEXT = "text/plain";

    private final JdbcClient jdbc;
    private final Artifacts artifacts;
    private final TransactionTemplate transaction;
    private final KeptFiles kept;

    FileRuns(JdbcClient jdbc, Artifacts artifacts, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.transaction = transaction;
        this.kept = new KeptFiles(jdbc, artifacts, "calculators.file_run", "created_at", "supcrt-run");
    }

    /** @param name how its files are called */
    record Kept(UUID id, String name, Instant createdAt) {}

    /** Keeps the files of a run; answers the id by which they are found. They are written before a connection is taken. */
    public UUID keep(Owner owner, Run run, String name, boolean plots, String log) {
        var files = new LinkedHashMap<String, String>();
        files.put(name + ".con", ConditionsFile.write(run.tabulation()));
        files.put(name + ".rxn", ReactionsFile.write(run.reactions()));
        Map<String, String> plotFiles = plots ? PlotFiles.write(run, name) : Map.of();
        files.put(
                name + ".out",
                TableFile.write(
                        run, name, plotFiles.keySet().stream().findFirst().orElse("")));
        files.putAll(plotFiles);
        files.put(LOG, log);
        var id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into calculators.file_run (id, owner, name) values (:id, :owner, :name)")
                    .param("id", id)
                    .param("owner", owner.value())
                    .param("name", name)
                    .update();
            files.forEach((file, content) -> kept.store(id, file, TEXT, content.getBytes(StandardCharsets.UTF_8)));
        });
        return id;
    }

    /**
     * Newest first.
     *
     * @param before the last run of the page before; null for the first page
     */
    public List<Kept> list(Owner owner, @Nullable UUID before, int limit) {
        return jdbc.sql("""
            select id, name, created_at
            from calculators.file_run
            where owner = :owner
              and (cast(:before as uuid) is null
                   or (created_at, id) < (select created_at, id from calculators.file_run where id = :before))
            order by created_at desc, id desc
            limit :limit
            """)
                .param("owner", owner.value())
                .param("before", before)
                .param("limit", limit)
                .query(FileRuns::read)
                .list();
    }

    private static Kept read(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** The files of a run; empty if this owner has none of that id. */
    public List<Artifact> files(Owner owner, String id) {
        return isId(id) && exists(owner, UUID.fromString(id)) ? kept.files(UUID.fromString(id)) : List.of();
    }

    private static boolean isId(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private boolean exists(Owner owner, UUID id) {
        return jdbc.sql("select exists (select from calculators.file_run where id = :id and owner = :owner)")
                .param("id", id)
                .param("owner", owner.value())
                .query(Boolean.class)
                .single();
    }

    /** The first characters of a file, with a note if there are more. */
    public String text(Artifact file, int most) {
        try (var content = artifacts.open(file, 0)) {
            var text = new String(content.readNBytes(most), StandardCharsets.UTF_8);
            return file.size() > most
                    ? text
                            + "\n\n[...Output truncated. The file has %d bytes; download it to get all.]"
                                    .formatted(file.size())
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return false when the owner has no such run */
    @Transactional
    public boolean delete(Owner owner, UUID id) {
        return kept.delete(owner, "id", id);
    }

    /** Removes runs that are older than this. */
    @Transactional
    public int deleteOlderThan(Duration retention) {
        return kept.deleteOlderThan(retention);
    }

    /** What a guest computed belongs to the account from now on. */
    @EventListener
    public void adopt(GuestSignedIn signedIn) {
        kept.adopt(signedIn);
    }
}
