package org.colonnade.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {

    private static final String CAMPUS = "https://idp.example.edu/shibboleth";

    private static Provider provider(List<String> domains, List<String> entityIds) {
        return new Provider(
                "cilogon",
                "CILogon",
                "https://cilogon.org",
                "id",
                null,
                List.of("email"),
                "groups",
                List.of("cms=shifters=certification.shifter", "admins=admin", "broken"),
                domains,
                entityIds,
                true);
    }

    @ParameterizedTest(name = "institution {0}: comes in {1}")
    @CsvSource({
        CAMPUS + ", true",
        "https://idp.example.edu/shibboleth/, false",
        "https://IDP.example.edu/shibboleth, false",
        "https://other.example/idp, false",
        ", false",
    })
    void behindAFederationOnlyListedInstitutionsComeIn(String entityId, boolean comesIn) {
        Provider listed = provider(List.of(), List.of(CAMPUS));
        assertThat(listed.objection("mira@example.edu", true, entityId) == null).isEqualTo(comesIn);
        assertThat(provider(List.of(), List.of()).objection(null, false, entityId))
                .as("without a list everybody")
                .isNull();
    }

    @ParameterizedTest(name = "{0} (confirmed: {1}): comes in {2}")
    @CsvSource({
        "mira@example.edu, true, true",
        "mira@EXAMPLE.edu, true, true",
        "mira@example.edu, false, false",
        "mira@sub.example.edu, true, false",
        "mira@example.edu.evil.example, true, false",
        "evil@x@example.edu.evil.example, true, false",
        ", true, false",
    })
    void onlyConfirmedAddressesOfListedDomainsComeIn(String email, boolean confirmed, boolean comesIn) {
        assertThat(provider(List.of("example.edu"), List.of()).objection(email, confirmed, null) == null)
                .isEqualTo(comesIn);
    }

    @Test
    void bothListsHaveToLetSomebodyIn() {
        Provider both = provider(List.of("example.edu"), List.of(CAMPUS));
        assertThat(both.objection("mira@example.edu", true, CAMPUS)).isNull();
        assertThat(both.objection("mira@example.edu", true, "https://other.example/idp"))
                .isNotNull();
        assertThat(both.objection("mira@other.example", true, CAMPUS)).isNotNull();
    }

    @Test
    void groupsBringTheRolesThatAreMappedToThem() {
        Provider provider = provider(List.of(), List.of());
        assertThat(provider.rolesOf(Set.of("cms=shifters", "unknown", "broken")))
                .containsExactly("certification.shifter");
        assertThat(provider.rolesOf(Set.of())).isEmpty();
    }
}
