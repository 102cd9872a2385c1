/** The registry's own interface for scripts: the past, differences, undo, and the configuration. */
@NullMarked
package org.colonnade.certification.api;

import org.jspecify.annotations.NullMarked;
