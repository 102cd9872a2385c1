/** Finding species over the web. */
@NullMarked
package org.colonnade.calculators.species;

import org.jspecify.annotations.NullMarked;
