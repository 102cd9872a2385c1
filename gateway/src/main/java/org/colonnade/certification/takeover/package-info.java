/** Takes over everything that a Run Registry's own PostgreSQL database holds, and says what had to be repaired. */
@NullMarked
package org.colonnade.certification.takeover;

import org.jspecify.annotations.NullMarked;
