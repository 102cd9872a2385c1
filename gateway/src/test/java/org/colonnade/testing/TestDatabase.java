package org.colonnade.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** One PostgreSQL server for the test JVM, and a new empty database for whoever asks. */
public final class TestDatabase {

    /** With which messages from Slack are signed. */
    public static final String SLACK_SECRET = "slack signing secret";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static volatile boolean contexts;

    private TestDatabase() {}

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                // Durability is off here: the library's default, and right for tests that do not kill the server.
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .setRegisterShutdownHook(false)
                        .start();
                // After Spring's contexts, which would wait half a minute for a database that went before them. Spring
                // does so only where it started one.
                SpringApplication.getShutdownHandlers().add(() -> close(server));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    if (!contexts) {
                        close(server);
                    }
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the JDBC URL of a new, empty database; the user is {@code postgres} without a password */
    public static String create() {
        String name = "test_" + COUNT.incrementAndGet();
        try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** A folder for the files of whoever uses this database; without those of an earlier run. */
    private static Path emptyFolder(String database) {
        Path folder = Path.of("target", "test-data", database.replaceAll(".*/|\\?.*", ""));
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Gives a Spring context a database and a data folder of its own. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            contexts = true;
            String database = create();
            TestPropertyValues.of(
                            "colonnade.database.url=" + database,
                            "colonnade.database.username=postgres",
                            "colonnade.database.connections=16",
                            "colonnade.identity.slack.signing-secret=" + SLACK_SECRET,
                            "colonnade.data=" + emptyFolder(database))
                    .applyTo(context);
        }
    }
}
