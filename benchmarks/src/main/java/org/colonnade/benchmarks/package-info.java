/** Benchmarks that compare the product with named peers in the same run, and the command that runs them. */
@NullMarked
package org.colonnade.benchmarks;

import org.jspecify.annotations.NullMarked;
