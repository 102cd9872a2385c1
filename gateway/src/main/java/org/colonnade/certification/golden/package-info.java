/** Golden JSON files: which lumisections fulfil a rule, what the others cost and why, as of a version that is named. */
@NullMarked
package org.colonnade.certification.golden;

import org.jspecify.annotations.NullMarked;
