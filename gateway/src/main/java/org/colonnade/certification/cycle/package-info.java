/** Batches of datasets with a deadline, certified workspace by workspace. */
@NullMarked
package org.colonnade.certification.cycle;

import org.jspecify.annotations.NullMarked;
