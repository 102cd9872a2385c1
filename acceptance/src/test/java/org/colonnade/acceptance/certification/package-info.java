/** The registry against the public Run Registry client, unmodified, as its users install it. */
@NullMarked
package org.colonnade.acceptance.certification;

import org.jspecify.annotations.NullMarked;
