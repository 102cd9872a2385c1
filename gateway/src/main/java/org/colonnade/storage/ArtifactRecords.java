package org.colonnade.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.colonnade.storage.content.Blocks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the database knows about files. */
@Repository
class ArtifactRecords {

    private static final String COLUMNS = "id, group_name, name, media_type, size, sha256, crc32, stored_at";

    private final JdbcClient jdbc;

    ArtifactRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Artifact artifact, byte[] blocks) {
        jdbc.sql("""
                insert into storage.artifact
                       (id, group_name, name, media_type, size, sha256, crc32, block_crc32, stored_at)
                values (:id, :group, :name, :mediaType, :size, :sha256, :crc32, :blocks, :storedAt)
                """)
                .param("id", artifact.id().value())
                .param("group", artifact.group())
                .param("name", artifact.name())
                .param("mediaType", artifact.mediaType())
                .param("size", artifact.size())
                .param("sha256", HexFormat.of().parseHex(artifact.sha256()))
                .param("crc32", artifact.crc32())
                .param("blocks", blocks)
                .param("storedAt", artifact.storedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Artifact> find(ArtifactId id) {
        return jdbc.sql("select " + COLUMNS + " from storage.artifact where id = :id")
                .param("id", id.value())
                .query((row, n) -> artifact(row))
                .optional();
    }

    List<Artifact> list(String group) {
        return jdbc.sql("select " + COLUMNS + """
                 from storage.artifact
                where group_name = :group
                order by name, stored_at, id
                """)
                .param("group", group)
                .query((row, n) -> artifact(row))
                .list();
    }

    /** The sums of a file's blocks; those of a small file are in its record already. */
    Blocks blocks(Artifact artifact) {
        if (artifact.size() <= Blocks.SIZE) {
            return Blocks.single(artifact.crc32());
        }
        return jdbc.sql("select block_crc32 from storage.artifact where id = :id")
                .param("id", artifact.id().value())
                .query((row, n) -> Blocks.of(row.getBytes(1)))
                .optional()
                .orElseGet(() -> Blocks.of(new byte[0]));
    }

    List<ArtifactId> delete(String group) {
        return jdbc.sql("delete from storage.artifact where group_name = :group returning id")
                .param("group", group)
                .query((row, n) -> new ArtifactId(row.getObject(1, UUID.class)))
                .list();
    }

    Set<ArtifactId> known(Collection<ArtifactId> ids) {
        return new HashSet<>(jdbc.sql("select id from storage.artifact where id = any(:ids)")
                .param("ids", ids.stream().map(ArtifactId::value).toArray(UUID[]::new))
                .query((row, n) -> new ArtifactId(row.getObject(1, UUID.class)))
                .list());
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        return new Artifact(
                new ArtifactId(row.getObject("id", UUID.class)),
                row.getString("group_name"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                row.getLong("crc32"),
                row.getObject("stored_at", OffsetDateTime.class).toInstant());
    }
}
