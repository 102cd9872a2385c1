package org.colonnade.identity.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider.
 *
 * @param key stable name in addresses, e.g. {@code cilogon}
 * @param clientSecret null for a public client
 * @param roles {@code group=role}
 * @param domains address domains that may come in; empty for all
 * @param entityIds values of the claim {@code idp} that may come in; empty for all
 */
public record Provider(
        String key,
        String title,
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        List<String> scopes,
        @Nullable String groupsClaim,
        List<String> roles,
        List<String> domains,
        List<String> entityIds,
        boolean enabled) {

    public Provider {
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        domains = List.copyOf(domains);
        entityIds = List.copyOf(entityIds);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Provider[" + key + ", " + issuer + "]";
    }

    /** The roles that groups bring. */
    Set<String> rolesOf(Collection<String> groups) {
        return rolesOf(roles, groups);
    }

    /** @param mapping {@code group=role}; the role is what follows the last equals sign */
    public static Set<String> rolesOf(List<String> mapping, Collection<String> groups) {
        return mapping.stream()
                .filter(rule -> rule.lastIndexOf('=') > 0)
                .filter(rule -> groups.contains(rule.substring(0, rule.lastIndexOf('='))))
                .map(rule -> rule.substring(rule.lastIndexOf('=') + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param entityId which identity provider behind a federation vouched; null if it did not say
     * @return why this person may not come in; null if they may
     */
    @Nullable
    String objection(@Nullable String email, boolean emailVerified, @Nullable String entityId) {
        if (!entityIds.isEmpty() && (entityId == null || !entityIds.contains(entityId))) {
            return "The institution is not on the list";
        }
        if (domains.isEmpty()) {
            return null;
        }
        if (email == null || !emailVerified) {
            return "The provider did not confirm an address";
        }
        String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain::equalsIgnoreCase) ? null : "The address's domain is not on the list";
    }
}
