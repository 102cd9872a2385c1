/** The record of who did what: written once, never changed. */
@NullMarked
package org.colonnade.identity.audit;

import org.jspecify.annotations.NullMarked;
