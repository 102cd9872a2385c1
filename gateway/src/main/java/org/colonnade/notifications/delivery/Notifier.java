package org.colonnade.notifications.delivery;

import java.util.List;
import org.colonnade.notifications.Mailbox.State;
import org.colonnade.notifications.Notification;
import org.colonnade.notifications.NotificationsProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes messages into the outbox, inside the publisher's transaction, and runs the senders. */
@Component
@EnableScheduling
class Notifier implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Outbox outbox;
    private final NotificationsProperties properties;
    private final List<Sender> senders;
    private volatile boolean running;

    Notifier(Outbox outbox, List<Transport> transports, NotificationsProperties properties) {
        this.outbox = outbox;
        this.properties = properties;
        this.senders = transports.stream()
                .map(transport -> new Sender(outbox, transport, properties))
                .toList();
    }

    @EventListener
    void on(Notification notification) {
        boolean reachable =
                senders.stream().anyMatch(sender -> sender.transport().canReach(notification.to()));
        outbox.add(notification, reachable ? State.WAITING : State.KEPT);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }

    private void wake() {
        senders.forEach(Sender::wake);
    }

    @Scheduled(initialDelayString = "PT15M", fixedDelayString = "P1D")
    void removeOld() {
        int removed = outbox.removeOlderThan(properties.keep());
        if (removed > 0) {
            LOG.info("Removed {} old messages from the mailbox", removed);
        }
    }

    @Override
    public void start() {
        running = true;
        senders.forEach(Sender::start);
    }

    @Override
    public void stop() {
        running = false;
        for (Sender sender : senders) {
            try {
                sender.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
