/**
 * The events of runs, datasets and lumisections, and what they amount to: now, or as of any version. Everything that
 * writes goes through {@link org.colonnade.certification.ledger.Ledger}.
 */
@NullMarked
package org.colonnade.certification.ledger;

import org.jspecify.annotations.NullMarked;
