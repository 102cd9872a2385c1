package org.colonnade.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.Asvs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final Passwords PASSWORDS = new Passwords(IdentityPropertiesTest.of(Map.of()));

    @AfterAll
    static void stop() {
        PASSWORDS.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "mira@example.edu",
                "my-mira.lee-passphrase",
                "i like Colonnade much"
            })
    @Asvs({"6.2.1", "6.2.11"})
    void aPasswordThatIsShortOrObviousIsRefused(String password) {
        String email = password.contains("mira.lee") ? "mira.lee@example.edu" : "mira@example.edu";
        assertThat(PASSWORDS.objection(password, email)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"only lower case", "123456781234", "パスワードは十二文字以上です", "a  b  c  d  e  f"})
    @Asvs("6.2.5")
    void anyCompositionIsAllowed(String password) {
        assertThat(PASSWORDS.objection(password, "x@example.edu")).isEmpty();
    }

    @Test
    @Asvs({"6.2.8", "6.2.9"})
    void aLongPasswordCountsToItsLastCharacter() {
        String password = "0123456789".repeat(10) + "x";
        assertThat(PASSWORDS.objection(password, "x@example.edu")).isEmpty();
        String hash = PASSWORDS.hash(password);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PASSWORDS.matches(password, hash)).isTrue();
        assertThat(PASSWORDS.matches(password.substring(0, 100), hash)).isFalse();
        assertThat(PASSWORDS.matches(password.toUpperCase(java.util.Locale.ROOT), hash))
                .isFalse();
        assertThat(PASSWORDS.matches(password + " ", hash)).isFalse();
    }

    @Test
    void nobodysPasswordNeverMatches() {
        assertThat(PASSWORDS.matches("granite basalt gneiss marble", null)).isFalse();
    }
}
