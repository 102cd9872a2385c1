/** The pages and API routes of this room. */
@NullMarked
package org.colonnade.identity.page;

import org.jspecify.annotations.NullMarked;
