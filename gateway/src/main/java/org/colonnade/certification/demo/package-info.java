/** A registry with a fortnight of invented data taking in it, so that every page shows something to a newcomer. */
@NullMarked
package org.colonnade.certification.demo;

import org.jspecify.annotations.NullMarked;
