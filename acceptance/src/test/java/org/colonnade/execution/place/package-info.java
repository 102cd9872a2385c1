/** What tests of clusters have in common. */
@NullMarked
package org.colonnade.execution.place;

import org.jspecify.annotations.NullMarked;
