package org.colonnade.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * PostgreSQL started by the gateway in its data folder. The port is kept beside the cluster: a server that outlived a
 * killed gateway is found there by the next start, used, and stopped with it.
 */
final class EmbeddedServer implements DatabaseServer {

    private final EmbeddedPostgres postgres;
    private final OwnersPassword password;
    private final StartGuard guard;

    private EmbeddedServer(EmbeddedPostgres postgres, OwnersPassword password, StartGuard guard) {
        this.postgres = postgres;
        this.password = password;
        this.guard = guard;
    }

    static EmbeddedServer start(DatabaseProperties properties) throws IOException {
        Path folder = properties.folder().toAbsolutePath();
        Files.createDirectories(folder);
        Path cluster = folder.resolve("cluster");
        var password = OwnersPassword.keptIn(folder);
        String durable = properties.durable() ? "on" : "off";
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                // The library's own hook would stop the server while Spring is still closing.
                .setRegisterShutdownHook(false)
                .setPort(keptPort(folder))
                .setPGStartupWait(Duration.ofSeconds(30))
                .setConnectConfig("password", password.text())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", durable)
                .setServerConfig("synchronous_commit", durable)
                .setServerConfig("full_page_writes", durable);
        var guard = new StartGuard();
        EmbeddedPostgres postgres = guard.watch(builder::start);
        password.demand(postgres.getPostgresDatabase(), cluster);
        return new EmbeddedServer(postgres, password, guard);
    }

    private static int keptPort(Path folder) throws IOException {
        Path file = folder.resolve("port");
        if (Files.exists(file)) {
            return Integer.parseInt(Files.readString(file).strip());
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, Integer.toString(socket.getLocalPort()));
            return socket.getLocalPort();
        }
    }

    @Override
    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String username() {
        return OwnersPassword.ROLE;
    }

    @Override
    public String password() {
        return password.text();
    }

    @Override
    public void started() {
        guard.dismiss();
    }

    @Override
    public void close() throws IOException {
        guard.dismiss();
        postgres.close();
    }
}
