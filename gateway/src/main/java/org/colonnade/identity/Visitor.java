package org.colonnade.identity;

import java.util.Set;
import org.colonnade.jobs.Owner;

/**
 * The person behind a request. Controllers take it as a parameter.
 *
 * @param owner to whom this person's work belongs
 * @param guest true for somebody who is not signed in
 * @param name how to greet the person
 * @param roles e.g. {@code admin} or {@code certification.shifter}
 */
public record Visitor(Owner owner, boolean guest, String name, Set<String> roles) {

    public Visitor {
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains("admin");
    }
}
