/** Roles, and the one place that decides who may do what. */
@NullMarked
package org.colonnade.identity.access;

import org.jspecify.annotations.NullMarked;
