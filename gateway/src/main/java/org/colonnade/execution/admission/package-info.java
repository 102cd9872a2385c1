/** Who may be at a place next: its capacity, and the fair order among those who wait for it. */
@NullMarked
package org.colonnade.execution.admission;

import org.jspecify.annotations.NullMarked;
