/** Tries rules before they count: on one run, and over all that were taken before. */
@NullMarked
package org.colonnade.certification.classifier;

import org.jspecify.annotations.NullMarked;
