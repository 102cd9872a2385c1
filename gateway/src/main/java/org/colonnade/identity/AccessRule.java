package org.colonnade.identity;

import org.jspecify.annotations.Nullable;

/** A room's own rules. Administrators may everything and are not asked about; what no rule allows is refused. */
public interface AccessRule {

    /** The first part of the actions that this rule decides, e.g. {@code certification}. */
    String room();

    boolean allows(Visitor who, String action, @Nullable Object on);
}
