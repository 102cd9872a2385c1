/** The outbox and what empties it: one sender each for mail and Slack. */
@NullMarked
package org.colonnade.notifications.delivery;

import org.jspecify.annotations.NullMarked;
