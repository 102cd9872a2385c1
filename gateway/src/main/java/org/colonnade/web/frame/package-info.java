/** The frame of every page: top bar, assets, home page, search. */
@NullMarked
package org.colonnade.web.frame;

import org.jspecify.annotations.NullMarked;
