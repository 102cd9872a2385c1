package org.colonnade.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All messages with what became of them, for the administrator. */
public interface Mailbox {

    /**
     * The newest messages first.
     *
     * @param after the last message of the page before; null for the first page
     * @param limit from 1 to 200
     */
    List<Message> list(@Nullable UUID after, int limit);

    Optional<Message> find(UUID id);

    /**
     * A message and its fate.
     *
     * @param attempts how often a delivery was begun
     * @param lastError why the last attempt failed; null if none did
     * @param nextAttemptAt when the next attempt is due; null unless the message is waiting
     * @param sentAt null unless it was sent
     */
    record Message(
            UUID id,
            Notification notification,
            State state,
            int attempts,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant sentAt) {}

    /** What became of a message. */
    enum State {
        /** It will be sent, perhaps again after a failure. */
        WAITING,
        /** The mail server or Slack took it. */
        SENT,
        /** Nothing is configured that could send it: it can be read here only. */
        KEPT,
        /** It could not be delivered for too long, or never can. */
        FAILED
    }
}
