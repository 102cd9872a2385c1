/** Commands as jobs of a Slurm cluster, reached over SSH. */
@NullMarked
package org.colonnade.execution.slurm;

import org.jspecify.annotations.NullMarked;
