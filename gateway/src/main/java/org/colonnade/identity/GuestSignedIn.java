package org.colonnade.identity;

import org.colonnade.jobs.Owner;

/**
 * Published inside the transaction in which a guest signs in. Jobs move by themselves; a column that keeps other things
 * by owner moves them when it hears this.
 */
public record GuestSignedIn(Owner guest, Owner account) {}
