/** The Kubernetes place against an API server, a node that runs its pods, and an object store. */
@NullMarked
package org.colonnade.execution.kubernetes;

import org.jspecify.annotations.NullMarked;
