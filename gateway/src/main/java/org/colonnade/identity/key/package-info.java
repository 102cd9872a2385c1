/** Secrets of this installation, and the little cryptography that this room needs. */
@NullMarked
package org.colonnade.identity.key;

import org.jspecify.annotations.NullMarked;
