/** Keys and passwords that the gateway must be able to read, encrypted at rest with a key of the operator. */
@NullMarked
package org.colonnade.execution.secret;

import org.jspecify.annotations.NullMarked;
