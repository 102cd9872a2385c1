package org.colonnade.certification.ledger;

import java.time.Instant;

/** One action: who did it, when, and why. */
public record Version(long version, String author, String comment, Instant at) {}
