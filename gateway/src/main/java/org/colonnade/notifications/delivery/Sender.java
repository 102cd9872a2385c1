package org.colonnade.notifications.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.colonnade.notifications.Mailbox.Message;
import org.colonnade.notifications.Mailbox.State;
import org.colonnade.notifications.NotificationsProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox by one transport, on a virtual thread of its own. A commit in this gateway wakes it; retries and what
 * another gateway left are found by looking every few seconds.
 */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** Longer than every time limit of a transport together. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private final Outbox outbox;
    private final Transport transport;
    private final NotificationsProperties properties;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile @Nullable Thread thread;

    Sender(Outbox outbox, Transport transport, NotificationsProperties properties) {
        this.outbox = outbox;
        this.transport = transport;
        this.properties = properties;
    }

    Transport transport() {
        return transport;
    }

    void start() {
        Thread sender =
                Thread.ofVirtual().name("notifications-" + transport.kind()).unstarted(this::run);
        // Before it runs, since it goes on only as long as it finds itself here.
        thread = sender;
        sender.start();
    }

    /** Lets a delivery that is under way end. */
    void stop() throws InterruptedException {
        Thread running = thread;
        thread = null;
        if (running != null) {
            wakeUps.release();
            if (!running.join(Duration.ofSeconds(5))) {
                running.interrupt();
                running.join(Duration.ofSeconds(1));
            }
        }
    }

    void wake() {
        wakeUps.release();
    }

    private void run() {
        while (thread != null) {
            try {
                while (thread != null && deliverOne()) {
                    // until nothing is due
                }
                wakeUps.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                wakeUps.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The outbox cannot be read now; trying again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            thread = null;
        }
    }

    /** @return whether there was something to deliver */
    boolean deliverOne() {
        Optional<Message> claimed = outbox.claim(transport.kind(), LEASE);
        claimed.ifPresent(this::deliver);
        return claimed.isPresent();
    }

    private void deliver(Message message) {
        if (!transport.canReach(message.notification().to())) {
            // The configuration changed since the message came.
            outbox.close(message, State.KEPT, null);
            return;
        }
        try {
            transport.send(message.id(), message.notification());
            outbox.sent(message);
        } catch (Transport.DeliveryException e) {
            failed(message, e);
        }
    }

    private void failed(Message message, Transport.DeliveryException e) {
        String error = String.valueOf(e.getMessage());
        if (e.isLasting()) {
            outbox.close(message, State.FAILED, error);
            LOG.warn("Message {} cannot be delivered: {}", message.id(), error);
            return;
        }
        Duration wait = e.retryAfter() == null ? backOff(message.attempts()) : e.retryAfter();
        if (outbox.retry(message, error, wait, properties.giveUpAfter())) {
            LOG.warn("Message {} is given up after {} attempts: {}", message.id(), message.attempts(), error);
        } else {
            LOG.info("Message {} waits {} after attempt {}: {}", message.id(), wait, message.attempts(), error);
        }
    }

    /** Doubles with each attempt; at random between the half and the whole, so that messages do not come back at once. */
    private Duration backOff(int attempts) {
        long longest = properties.longestRetry().toMillis();
        long doubled = properties.firstRetry().toMillis() << Math.min(attempts - 1, 20);
        long wait = Math.max(2, Math.min(longest, doubled));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(wait / 2, wait));
    }
}
