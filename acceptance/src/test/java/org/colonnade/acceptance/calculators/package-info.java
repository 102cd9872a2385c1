/** The pages of the calculators as somebody uses them, in a real browser. */
@NullMarked
package org.colonnade.acceptance.calculators;

import org.jspecify.annotations.NullMarked;
