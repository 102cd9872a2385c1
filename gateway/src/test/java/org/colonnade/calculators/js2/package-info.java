@NullMarked
package org.colonnade.calculators.js2;

import org.jspecify.annotations.NullMarked;
