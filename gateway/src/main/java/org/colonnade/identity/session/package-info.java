/** Signed-in sessions, kept in the database so that they survive a restart and can be listed and ended. */
@NullMarked
package org.colonnade.identity.session;

import org.jspecify.annotations.NullMarked;
