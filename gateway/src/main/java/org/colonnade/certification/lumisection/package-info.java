/** Arithmetic of lumisections: sets of them, and values that hold over ranges of them. */
@NullMarked
package org.colonnade.certification.lumisection;

import org.jspecify.annotations.NullMarked;
