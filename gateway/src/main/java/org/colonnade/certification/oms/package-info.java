/** Asks the monitoring system of the machine for runs, and offers a double of it for tests and demonstrations. */
@NullMarked
package org.colonnade.certification.oms;

import org.jspecify.annotations.NullMarked;
