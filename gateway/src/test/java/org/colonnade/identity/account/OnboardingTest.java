package org.colonnade.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.ProfileField;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.annotation.Transactional;

/** How an account gets in, by the operator's policy and with what a column asks. */
@GatewayTest
@Transactional
class OnboardingTest {

    private static final ProfileField PURPOSE =
            new ProfileField("purpose", "What you want to compute", "One sentence is enough.", true, 200);

    @Autowired
    Accounts accounts;

    @Autowired
    Notices notices;

    @Autowired
    AuditLog audit;

    @ParameterizedTest(name = "policy {0}, address {1} (confirmed: {2}), provider {3} → {4}")
    @CsvSource({
        "open, mira@elsewhere.example, true, , APPROVED, open to everybody",
        "by-hand, mira@example.edu, true, cilogon, PENDING,",
        "by-rule, mira@example.edu, true, , APPROVED, domain example.edu",
        "by-rule, mira@EXAMPLE.EDU, true, , APPROVED, domain example.edu",
        "by-rule, mira@example.edu, false, , PENDING,",
        "by-rule, mira@sub.example.edu, true, , PENDING,",
        "by-rule, mira@example.edu.evil.example, true, , PENDING,",
        "by-rule, mira@elsewhere.example, true, cilogon, APPROVED, provider cilogon",
        "by-rule, , false, cilogon, APPROVED, provider cilogon",
        "by-rule, mira@elsewhere.example, true, globus, PENDING,",
    })
    void theOperatorChoosesWhoIsApprovedWithoutAnAdministrator(
            String policy, String email, boolean confirmed, String provider, Standing standing, String why) {
        // given
        Onboarding onboarding = onboarding(policy);
        UUID id = verified(onboarding, email, confirmed);
        // when
        Standing reached = onboarding.advance(id, provider);
        // then
        assertThat(reached).isEqualTo(standing);
        var history = accounts.history(id);
        assertThat(history)
                .extracting(Accounts.Change::after)
                .containsExactly(Standing.REGISTERED, Standing.VERIFIED, Standing.COMPLETE, standing);
        assertThat(history.getLast().why()).isEqualTo(why);
        assertThat(history.getLast().who()).isEqualTo("system");
    }

    @Test
    void whatAColumnAsksIsAskedBeforeAnybodyIsApprovedOrAnAdministratorTold() {
        // given: a column that declares a question
        Onboarding onboarding = onboarding("by-rule", PURPOSE);
        UUID id = verified(onboarding, "mira@elsewhere.example", true);
        assertThat(onboarding.advance(id, "cilogon")).isEqualTo(Standing.VERIFIED);
        // when: the answer is empty, then given
        onboarding.updateProfile(id, "Mira", Map.of("purpose", " "), "cilogon");
        assertThat(standing(id)).isEqualTo(Standing.VERIFIED);
        onboarding.updateProfile(id, "Mira", Map.of("purpose", "Brines"), "cilogon");
        // then
        assertThat(standing(id)).isEqualTo(Standing.APPROVED);
        assertThat(accounts.find(id).orElseThrow().fields()).containsEntry("purpose", "Brines");
    }

    private Standing standing(UUID id) {
        return accounts.find(id).orElseThrow().standing();
    }

    private UUID verified(Onboarding onboarding, String email, boolean confirmed) {
        UUID id = accounts.insert("Mira", email, confirmed, false, Map.of());
        accounts.setStanding(id, null, Standing.REGISTERED, "guest:1", null);
        onboarding.verified(id, "test");
        return id;
    }

    private Onboarding onboarding(String policy, ProfileField... fields) {
        var columns = new StaticListableBeanFactory();
        for (ProfileField field : fields) {
            columns.addBean(field.key(), field);
        }
        return new Onboarding(
                accounts,
                notices,
                audit,
                IdentityPropertiesTest.of(Map.of(
                        "approval.policy", policy,
                        "approval.domains", "example.edu",
                        "approval.providers", "cilogon")),
                columns.getBeanProvider(ProfileField.class));
    }
}
