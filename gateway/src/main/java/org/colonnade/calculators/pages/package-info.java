/** The pages of all calculators that describe themselves. */
@NullMarked
package org.colonnade.calculators.pages;

import org.jspecify.annotations.NullMarked;
