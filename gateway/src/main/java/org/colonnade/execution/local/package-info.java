/** This machine as a place: each command in a sandbox, a folder and, where possible, a user id of its own. */
@NullMarked
package org.colonnade.execution.local;

import org.jspecify.annotations.NullMarked;
