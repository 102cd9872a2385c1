/**
 * The Run Registry's own HTTP interface, so that its public Python client and every script written against it work
 * unmodified. Translates between that interface and the registry; holds no logic.
 */
@NullMarked
package org.colonnade.certification.runregistry;

import org.jspecify.annotations.NullMarked;
