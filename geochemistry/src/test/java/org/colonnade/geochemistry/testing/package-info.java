/** Reading the reference vectors. */
@NullMarked
package org.colonnade.geochemistry.testing;

import org.jspecify.annotations.NullMarked;
