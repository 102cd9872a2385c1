/** The zip format, as far as it needs no compression: where every byte of an archive lies, and what files are called in it. */
@NullMarked
package org.colonnade.storage.zip;

import org.jspecify.annotations.NullMarked;
