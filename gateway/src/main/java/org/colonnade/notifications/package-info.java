/**
 * Owns messages to people: mail, Slack and the mailbox that replaces them on a laptop.
 * Offers {@link org.colonnade.notifications.Notification}, an event that any room may publish, and
 * {@link org.colonnade.notifications.Mailbox}, where all messages can be read.
 * Listens to that event, and keeps it in an outbox until it is delivered.
 */
@NullMarked
@ApplicationModule(
        displayName = "Notifications",
        allowedDependencies = {"database"})
package org.colonnade.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
