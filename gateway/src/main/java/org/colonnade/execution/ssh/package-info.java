/** Connections to login nodes: one authenticated session with a bounded number of channels. */
@NullMarked
package org.colonnade.execution.ssh;

import org.jspecify.annotations.NullMarked;
