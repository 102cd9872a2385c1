/** What a place must be able to do, and the choice among them. */
@NullMarked
package org.colonnade.execution.place;

import org.jspecify.annotations.NullMarked;
