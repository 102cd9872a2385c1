/** Tests that use the packaged gateway as its users do. */
@NullMarked
package org.colonnade.acceptance;

import org.jspecify.annotations.NullMarked;
