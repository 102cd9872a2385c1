package org.colonnade.identity;

import org.jspecify.annotations.Nullable;

/** The one place that decides who may do what. Pages ask it to hide what it refuses; the server asks it again. */
public interface Access {

    /**
     * @param action dotted name beginning with the room, e.g. {@code certification.move-dataset}
     * @param on what it would be done to, in the room's own type; null where that does not matter
     */
    boolean may(Visitor who, String action, @Nullable Object on);

    /**
     * Lets through whoever may, and writes every refusal into the audit log.
     *
     * @throws NotSignedInException for a guest who may not
     * @throws NotAllowedException for anybody else who may not
     */
    void require(Visitor who, String action, @Nullable Object on);
}
