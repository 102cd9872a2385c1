package org.colonnade.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    @TempDir
    Path folder;

    private EmbeddedServer start() throws IOException {
        return EmbeddedServer.start(new DatabaseProperties(null, "", "", folder, false, 4));
    }

    @Test
    void onlyWhoMayReadTheDataFolderGetsIn() throws Exception {
        try (EmbeddedServer server = start()) {
            DriverManager.getConnection(server.url(), server.username(), server.password())
                    .close();
            for (String password : new String[] {"", "postgres", "0".repeat(64)}) {
                assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "postgres", password))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void aLaterStartFindsTheSameDataWithTheSamePassword() throws Exception {
        String password;
        try (EmbeddedServer server = start();
                var connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            password = server.password();
            statement.execute("create table kept as select 42 as answer");
        }
        try (EmbeddedServer server = start();
                var connection = DriverManager.getConnection(server.url(), server.username(), password);
                var rows = connection.createStatement().executeQuery("select answer from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        }
    }

    /** As after a kill between the first start and the first look at who may enter. */
    @Test
    void aClusterThatStillBelievesEverybodyIsClosedAtTheNextStart() throws Exception {
        start().close();
        Files.writeString(folder.resolve("cluster/pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
        try (EmbeddedServer server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
        }
    }
}
