/** Computations that a person kept: the address of a page under a name. */
@NullMarked
package org.colonnade.calculators.saved;

import org.jspecify.annotations.NullMarked;
