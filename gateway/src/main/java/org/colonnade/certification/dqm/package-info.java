/** Asks the quality monitor regularly which datasets it shows, and opens those that appeared. */
@NullMarked
package org.colonnade.certification.dqm;

import org.jspecify.annotations.NullMarked;
