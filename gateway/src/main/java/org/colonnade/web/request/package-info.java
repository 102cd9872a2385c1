/** What happens to every request before a controller sees it, and the headers of every answer. */
@NullMarked
package org.colonnade.web.request;

import org.jspecify.annotations.NullMarked;
