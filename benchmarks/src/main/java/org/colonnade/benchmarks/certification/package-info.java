/** How fast the registry answers at the size of a large experiment. */
@NullMarked
package org.colonnade.benchmarks.certification;

import org.jspecify.annotations.NullMarked;
