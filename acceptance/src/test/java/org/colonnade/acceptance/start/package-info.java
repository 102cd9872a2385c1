/** {@code ./run} as a newcomer meets it. */
@NullMarked
package org.colonnade.acceptance.start;

import org.jspecify.annotations.NullMarked;
