/** Pages for administrators about the base. */
@NullMarked
package org.colonnade.web.admin;

import org.jspecify.annotations.NullMarked;
