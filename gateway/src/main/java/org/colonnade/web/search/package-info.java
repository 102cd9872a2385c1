/** One search over pages and a visitor's own work. */
@NullMarked
package org.colonnade.web.search;

import org.jspecify.annotations.NullMarked;
