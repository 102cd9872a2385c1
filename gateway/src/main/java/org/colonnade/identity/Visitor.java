package org.colonnade.identity;

import java.util.Set;
import org.colonnade.jobs.Owner;

/**
 * The person behind a request. Controllers take it as a parameter; templates find it as {@code visitor}.
 *
 * @param owner to whom this person's work belongs
 * @param guest true for somebody who is not signed in
 * @param name how to greet the person
 * @param roles e.g. {@code user} for everybody approved, {@code admin} or {@code certification.shifter}
 */
public record Visitor(Owner owner, boolean guest, String name, Set<String> roles) {

    /** The gateway itself, where it acts on nobody's behalf. */
    public static final Visitor SYSTEM = new Visitor(Owner.SYSTEM, false, "Colonnade", Set.of());

    public Visitor {
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains(RoleDeclaration.ADMIN);
    }

    /** Whether an administrator, or the operator's rule, let this person in. */
    public boolean isApproved() {
        return roles.contains(RoleDeclaration.USER);
    }
}
