package org.colonnade.identity.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.testing.Asvs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

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
    @ValueSource(
            strings = {
                "123456789012",
                "passwordpassword",
                "Password1234!",
                "qwertyuiop[]",
                "q1w2e3r4t5y6",
                "iloveyou2025",
                "letmeinletmein",
                "P@ssw0rd2024",
                "abcdefghijkl"
            })
    @Asvs("6.2.4")
    void aPasswordThatEverybodyChoosesIsRefused(String password) {
        assertThat(PASSWORDS.objection(password, "x@example.edu")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"only lower case", "2718281828459045", "パスワードは十二文字以上です", "a  b  c  d  e  f"})
    @Asvs("6.2.5")
    void anyCompositionIsAllowed(String password) {
        assertThat(PASSWORDS.objection(password, "x@example.edu")).isEmpty();
    }

    @Test
    @Asvs({"6.2.8", "6.2.9"})
    void aLongPasswordCountsToItsLastCharacter() {
        String password = "marble and gneiss, ".repeat(5) + "x";
        assertThat(PASSWORDS.objection(password, "x@example.edu")).isEmpty();
        String hash = PASSWORDS.hash(password);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PASSWORDS.matches(password, hash)).isTrue();
        assertThat(PASSWORDS.matches(password.substring(0, 95), hash)).isFalse();
        assertThat(PASSWORDS.matches(password.toUpperCase(java.util.Locale.ROOT), hash))
                .isFalse();
        assertThat(PASSWORDS.matches(password + " ", hash)).isFalse();
    }

    @Test
    void nobodysPasswordNeverMatches() {
        assertThat(PASSWORDS.matches("granite basalt gneiss marble", null)).isFalse();
    }

    @Test
    void whatNobodysPasswordIsComparedWithHasTheFormAndTheCostOfAHash() {
        String real = PASSWORDS.hash("granite basalt gneiss marble");
        String none = PASSWORDS.hashOfNoPassword();
        assertThat(none).hasSameSizeAs(real).startsWith(real.substring(0, real.lastIndexOf("p=1$") + 4));
        // Argon2 reads it: it throws at what it cannot read, and answers true for less than the present cost.
        assertThat(new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).upgradeEncoding(none))
                .isFalse();
    }

    @Test
    void aRushWaitsOutsideAndWhoFindsTheQueueFullIsToldToComeBack() throws Exception {
        // given: two at work, one waiting
        var passwords = new Passwords(
                IdentityPropertiesTest.of(Map.of("passwords.hashes-at-once", "1", "passwords.waiting", "1")));
        var atWork = new CountDownLatch(2);
        var leave = new CountDownLatch(1);
        var done = new AtomicInteger();
        Supplier<Integer> work = () -> {
            atWork.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return done.incrementAndGet();
        };
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List.of(1, 2).forEach(n -> people.submit(() -> passwords.inTurn(work)));
            assertThat(atWork.await(10, TimeUnit.SECONDS)).isTrue();
            Thread third = Thread.ofVirtual().start(() -> passwords.inTurn(done::incrementAndGet));
            Awaitility.await().until(() -> third.getState() == Thread.State.TIMED_WAITING);
            // when, then
            assertThatThrownBy(() -> passwords.inTurn(() -> "no")).isInstanceOf(BusyException.class);
            assertThat(done).hasValue(0);
            // when: somebody leaves
            leave.countDown();
            third.join();
            // then
            assertThat(done).hasPositiveValue();
        } finally {
            passwords.destroy();
        }
    }
}
