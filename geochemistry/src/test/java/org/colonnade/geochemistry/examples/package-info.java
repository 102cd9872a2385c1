/** Runnable examples, one per calculator; {@code ExamplesTest} runs them. */
@NullMarked
package org.colonnade.geochemistry.examples;

import org.jspecify.annotations.NullMarked;
