package org.colonnade.benchmarks.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that keeps what it acknowledged: fsync, full_page_writes and synchronous_commit are on. */
public final class DurablePostgres implements AutoCloseable {

    private final Path cluster;
    private final int port;
    private EmbeddedPostgres server;

    public DurablePostgres(Path folder) throws IOException {
        cluster = folder.resolve("cluster");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = start();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    HikariDataSource pool(int size) {
        return pool(url(), size);
    }

    static HikariDataSource pool(String url, int size) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(size);
        pool.setConnectionTimeout(5_000);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/jobs")
                .load()
                .migrate();
    }

    /** Lets the server die without a checkpoint, as a power cut would, and starts it on the same files and port. */
    void crashAndStart() throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        // SIGQUIT is PostgreSQL's immediate shutdown: nothing is written any more, recovery follows at the next start.
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor(10, TimeUnit.SECONDS);
        for (int i = 0; i < 200 && postmaster.isAlive(); i++) {
            Thread.sleep(50);
        }
        // Gives up the old server's lock on the files; there is nothing left to stop.
        server.close();
        server = start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
