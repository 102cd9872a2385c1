package org.colonnade.notifications.delivery;

import java.time.Duration;
import java.util.UUID;
import org.colonnade.notifications.Notification;
import org.jspecify.annotations.Nullable;

/** One way to deliver. */
interface Transport {

    /** Which recipients it serves. */
    Kind kind();

    /** Whether this recipient can be reached with what is configured. */
    boolean canReach(Notification.Recipient recipient);

    /**
     * Hands a message over; bounded in time.
     *
     * @param id the same in every attempt
     */
    void send(UUID id, Notification notification) throws DeliveryException;

    /** What a message is sent by; its name in lower case stands in the database. */
    enum Kind {
        MAIL,
        SLACK;

        static Kind of(Notification.Recipient recipient) {
            return switch (recipient) {
                case Notification.Mail mail -> MAIL;
                case Notification.SlackChannel channel -> SLACK;
            };
        }
    }

    /** An attempt failed. */
    final class DeliveryException extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean lasting;
        private final @Nullable Duration retryAfter;

        private DeliveryException(
                String message, boolean lasting, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.lasting = lasting;
            this.retryAfter = retryAfter;
        }

        /** Worth another try. */
        static DeliveryException passing(String message, @Nullable Throwable cause) {
            return new DeliveryException(message, false, null, cause);
        }

        /** Worth another try, but not before the other side allows it. */
        static DeliveryException notBefore(String message, Duration retryAfter) {
            return new DeliveryException(message, false, retryAfter, null);
        }

        /** No further try can help. */
        static DeliveryException lasting(String message, @Nullable Throwable cause) {
            return new DeliveryException(message, true, null, cause);
        }

        boolean isLasting() {
            return lasting;
        }

        @Nullable
        Duration retryAfter() {
            return retryAfter;
        }
    }
}
