/** Recognises users of notebook hubs by the token that their notebook carries. */
@NullMarked
package org.colonnade.identity.hub;

import org.jspecify.annotations.NullMarked;
