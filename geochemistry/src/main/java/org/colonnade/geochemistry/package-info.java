/**
 * Geochemical calculators in plain Java, without a framework: immutable, thread-safe, no state between calls.
 *
 * <p>This package holds what all of them return: a {@link org.colonnade.geochemistry.Computed} value with its
 * {@link org.colonnade.geochemistry.Unit}, the {@link org.colonnade.geochemistry.Flag}s a reader must see, the
 * {@link org.colonnade.geochemistry.Validity} of the model, and the {@link org.colonnade.geochemistry.Reference}s that
 * were really used.
 */
@NullMarked
package org.colonnade.geochemistry;

import org.jspecify.annotations.NullMarked;
