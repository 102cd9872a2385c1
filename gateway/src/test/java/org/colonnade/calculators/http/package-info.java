@NullMarked
package org.colonnade.calculators.http;

import org.jspecify.annotations.NullMarked;
