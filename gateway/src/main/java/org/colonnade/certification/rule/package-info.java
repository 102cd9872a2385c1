/**
 * The language of classifiers and golden JSON files: JSON logic, with the meaning it has in JavaScript, compiled once and
 * evaluated often. Knows nothing of runs.
 */
@NullMarked
package org.colonnade.certification.rule;

import org.jspecify.annotations.NullMarked;
