/** Clusters under faults and load: a real Slurm of one node behind a real OpenSSH. */
@NullMarked
package org.colonnade.benchmarks.clusters;

import org.jspecify.annotations.NullMarked;
