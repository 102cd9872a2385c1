package org.colonnade.identity;

import java.util.Optional;
import org.colonnade.jobs.Owner;

/** How to write to the person behind a piece of work. */
public interface Contacts {

    /** A confirmed mail address; empty for guests, for the gateway itself and for accounts without one. */
    Optional<String> address(Owner owner);

    /**
     * A page of this gateway as a web address that works from outside.
     *
     * @param path begins with a slash
     */
    String link(String path);
}
