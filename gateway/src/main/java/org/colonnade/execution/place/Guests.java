package org.colonnade.execution.place;

import java.util.Set;
import org.colonnade.jobs.Owner;

/**
 * Who may use a place.
 *
 * @param allowed owners who may; empty for everybody
 * @param denied owners who may not, whatever the other list says
 */
public record Guests(Set<String> allowed, Set<String> denied) {

    public boolean welcome(Owner owner) {
        return (allowed.isEmpty() || allowed.contains(owner.value())) && !denied.contains(owner.value());
    }
}
