/**
 * Owns the places where a command runs: a sandbox on this machine, a Slurm cluster, Kubernetes.
 * Offers {@link org.colonnade.execution.Places}, through which a job handler starts, re-attaches to and collects a command.
 * Listens to nothing.
 */
@NullMarked
@ApplicationModule(
        displayName = "Execution",
        allowedDependencies = {"database", "jobs", "storage"})
package org.colonnade.execution;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
