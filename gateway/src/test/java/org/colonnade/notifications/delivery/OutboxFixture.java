package org.colonnade.notifications.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.NotificationsProperties;
import org.colonnade.testing.TestDatabase;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An outbox in a database of its own, which no other sender looks at. */
final class OutboxFixture {

    static final NotificationsProperties PROPERTIES = new NotificationsProperties(
            "Colonnade <gateway@example.org>",
            Map.of(),
            Duration.ofMillis(2),
            Duration.ofMillis(20),
            Duration.ofDays(3),
            Duration.ofDays(90));

    final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.create(), "postgres", ""));
    final Outbox outbox = new Outbox(jdbc);

    OutboxFixture() throws IOException {
        jdbc.sql(new ClassPathResource("db/migration/notifications/V1__outbox.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    Mailbox.Message add(Notification notification) {
        return message(outbox.add(notification, Mailbox.State.WAITING));
    }

    Mailbox.Message message(UUID id) {
        return outbox.find(id).orElseThrow();
    }

    /** Lets a sender work until something is so; at most ten seconds. */
    static void deliverUntil(Sender sender, BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not reached in ten seconds");
            }
            if (!sender.deliverOne()) {
                Thread.onSpinWait();
            }
        }
    }
}
