/** What befalls gateways and their database, at the job engine. */
@NullMarked
package org.colonnade.acceptance.jobs;

import org.jspecify.annotations.NullMarked;
