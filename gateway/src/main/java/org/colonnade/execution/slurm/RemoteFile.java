package org.colonnade.execution.slurm;

/**
 * A file on the cluster.
 *
 * @param name without any folder
 * @param size in bytes
 * @param sha256 lower-case hexadecimal
 */
public record RemoteFile(String name, long size, String sha256) {}
