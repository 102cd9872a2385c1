/** Commands as Jobs of a Kubernetes cluster; their files go through an object store. */
@NullMarked
package org.colonnade.execution.kubernetes;

import org.jspecify.annotations.NullMarked;
