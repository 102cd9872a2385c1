package org.colonnade.execution;

import org.jspecify.annotations.Nullable;

/**
 * A place that can be chosen.
 *
 * @param name as configured, e.g. {@code local} or {@code keeling}
 * @param title for people
 * @param unavailable why nothing can run there now; null when all is well
 * @param open whether work for it is accepted: also while a cluster does not answer, because its jobs wait for it
 */
public record Place(String name, String title, @Nullable String unavailable, boolean open) {}
