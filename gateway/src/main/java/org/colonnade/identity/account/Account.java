package org.colonnade.identity.account;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A person as we know them.
 *
 * @param email null where a provider gave none
 * @param emailVerified false for an address that proves nothing
 * @param local whether the person has a password of ours
 * @param fields answers to {@link org.colonnade.identity.ProfileField}s, by key
 * @param granted roles that were granted; {@code user} follows from the standing
 */
public record Account(
        UUID id,
        String name,
        @Nullable String email,
        boolean emailVerified,
        boolean local,
        Standing standing,
        Map<String, String> fields,
        Instant createdAt,
        @Nullable Instant lastSignInAt,
        Set<String> granted) {

    public Account {
        fields = Map.copyOf(fields);
        granted = Set.copyOf(granted);
    }

    public static Owner owner(UUID id) {
        return new Owner("user:" + id);
    }

    public Owner owner() {
        return owner(id);
    }

    /** Granted roles count only for somebody approved. */
    public Visitor visitor() {
        var roles = new TreeSet<String>();
        if (standing == Standing.APPROVED) {
            roles.addAll(granted);
            roles.add(RoleDeclaration.USER);
        }
        return new Visitor(owner(), false, name, roles);
    }

    /** How the audit log and messages name the account. */
    public String target() {
        return "account:" + id;
    }
}
