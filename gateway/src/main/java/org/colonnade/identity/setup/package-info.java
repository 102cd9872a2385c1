/** The first administrator of an installation, and settings. */
@NullMarked
package org.colonnade.identity.setup;

import org.jspecify.annotations.NullMarked;
