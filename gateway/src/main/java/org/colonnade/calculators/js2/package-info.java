/** The paths and answers that scripts for the js2 geochemistry gateway expect. */
@NullMarked
package org.colonnade.calculators.js2;

import org.jspecify.annotations.NullMarked;
