/** The Slurm place against a real Slurm behind a real OpenSSH. */
@NullMarked
package org.colonnade.execution.slurm;

import org.jspecify.annotations.NullMarked;
