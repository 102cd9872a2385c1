/** From whatever went wrong to what the one who asked gets to see. */
@NullMarked
package org.colonnade.web.error;

import org.jspecify.annotations.NullMarked;
