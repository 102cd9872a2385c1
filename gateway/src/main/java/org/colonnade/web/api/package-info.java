/** The description of the API, for programs and for people. */
@NullMarked
package org.colonnade.web.api;

import org.jspecify.annotations.NullMarked;
