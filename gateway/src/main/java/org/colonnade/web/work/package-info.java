/** Pages and API about jobs of every kind: lists, one job, its live log, its files. */
@NullMarked
package org.colonnade.web.work;

import org.jspecify.annotations.NullMarked;
