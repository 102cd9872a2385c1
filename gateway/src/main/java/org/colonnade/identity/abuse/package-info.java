/** Makes guessing slow without locking people out. */
@NullMarked
package org.colonnade.identity.abuse;

import org.jspecify.annotations.NullMarked;
