package org.colonnade.notifications.delivery;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Notification;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The messages in the database. Time is the database's, so that several gateways agree. */
@Repository
class Outbox implements Mailbox {

    private static final String COLUMNS = """
            id, kind, recipient, subject, body, link, actions, state, attempts, last_error, created_at, next_attempt_at,
            sent_at""";

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.shared();

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    UUID add(Notification notification, State state) {
        var id = UUID.randomUUID();
        jdbc.sql("""
                insert into notifications.message (id, kind, recipient, subject, body, link, actions, state)
                values (:id, :kind, :recipient, :subject, :body, :link, cast(:actions as jsonb), :state)
                """)
                .param("id", id)
                .param("kind", lower(Transport.Kind.of(notification.to())))
                .param("recipient", name(notification.to()))
                .param("subject", storable(notification.subject()))
                .param("body", storable(notification.text()))
                .param("link", notification.link())
                .param("actions", json.writeValueAsString(notification.actions()))
                .param("state", lower(state))
                .update();
        return id;
    }

    /**
     * Takes the message that has been due for longest. The claim is a lease: if this gateway dies, the message is due
     * again after it. No lock is held while the message is sent.
     */
    Optional<Message> claim(Transport.Kind kind, Duration lease) {
        return jdbc.sql("""
                update notifications.message
                   set attempts = attempts + 1,
                       next_attempt_at = now() + :lease * interval '1 second'
                 where id = (select id
                               from notifications.message
                              where state = 'waiting'
                                and kind = :kind
                                and next_attempt_at <= now()
                              order by next_attempt_at
                              limit 1
                                for update skip locked)
                returning\s""" + COLUMNS)
                .param("lease", lease.toSeconds())
                .param("kind", lower(kind))
                .query((row, n) -> message(row))
                .optional();
    }

    /** Only the attempt that holds the claim may end it. */
    void sent(Message message) {
        jdbc.sql("""
                update notifications.message
                   set state = 'sent', sent_at = now(), last_error = null
                 where id = :id and state = 'waiting' and attempts = :attempt
                """)
                .param("id", message.id())
                .param("attempt", message.attempts())
                .update();
    }

    /** Ends a message without delivery. */
    void close(Message message, State state, @Nullable String error) {
        jdbc.sql("""
                update notifications.message
                   set state = :state, last_error = coalesce(:error, last_error)
                 where id = :id and state = 'waiting' and attempts = :attempt
                """)
                .param("state", lower(state))
                .param("error", error)
                .param("id", message.id())
                .param("attempt", message.attempts())
                .update();
    }

    /** @return whether the message is given up because it is older than {@code giveUpAfter} */
    boolean retry(Message message, String error, Duration wait, Duration giveUpAfter) {
        return jdbc.sql("""
                update notifications.message
                   set last_error = :error,
                       next_attempt_at = now() + :wait * interval '1 millisecond',
                       state = case when created_at + :giveUpAfter * interval '1 second' <= now()
                                    then 'failed' else 'waiting' end
                 where id = :id and state = 'waiting' and attempts = :attempt
                returning state = 'failed'
                """)
                .param("error", error)
                .param("wait", wait.toMillis())
                .param("giveUpAfter", giveUpAfter.toSeconds())
                .param("id", message.id())
                .param("attempt", message.attempts())
                .query((row, n) -> row.getBoolean(1))
                .optional()
                .orElse(false);
    }

    int removeOlderThan(Duration age) {
        return jdbc.sql("""
                delete from notifications.message
                 where state <> 'waiting'
                   and created_at < now() - :age * interval '1 second'
                """).param("age", age.toSeconds()).update();
    }

    @Override
    public List<Message> list(@Nullable UUID after, int limit) {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("A page has 1 to 200 messages, not " + limit);
        }
        if (after == null) {
            return jdbc.sql("select " + COLUMNS + """

                      from notifications.message
                     order by created_at desc, id desc
                     limit :limit
                    """)
                    .param("limit", limit)
                    .query((row, n) -> message(row))
                    .list();
        }
        return jdbc.sql("select " + COLUMNS + """

                  from notifications.message
                 where (created_at, id) < (select created_at, id from notifications.message where id = :after)
                 order by created_at desc, id desc
                 limit :limit
                """)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> message(row))
                .list();
    }

    @Override
    public Optional<Message> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from notifications.message where id = :id")
                .param("id", id)
                .query((row, n) -> message(row))
                .optional();
    }

    private Message message(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        var notification = new Notification(
                recipient(row),
                row.getString("subject"),
                row.getString("body"),
                row.getString("link"),
                json.readValue(row.getString("actions"), new TypeReference<List<Notification.Action>>() {}));
        return new Message(
                row.getObject("id", UUID.class),
                notification,
                state,
                row.getInt("attempts"),
                row.getString("last_error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                state == State.WAITING ? instant(row, "next_attempt_at") : null,
                instant(row, "sent_at"));
    }

    private static Notification.Recipient recipient(ResultSet row) throws SQLException {
        return switch (Transport.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT))) {
            case MAIL -> new Notification.Mail(row.getString("recipient"));
            case SLACK -> new Notification.SlackChannel(row.getString("recipient"));
        };
    }

    private static String name(Notification.Recipient recipient) {
        return switch (recipient) {
            case Notification.Mail mail -> mail.address();
            case Notification.SlackChannel channel -> channel.name();
        };
    }

    /** What a text column takes: everything but zero and halves of letters. */
    private static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\u0000", "");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
