/** Bytes by id: the folder and the bucket behind one interface, and the sums that guard them. */
@NullMarked
package org.colonnade.storage.content;

import org.jspecify.annotations.NullMarked;
