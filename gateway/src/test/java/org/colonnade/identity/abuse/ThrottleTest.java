package org.colonnade.identity.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.colonnade.identity.abuse.Throttle.Limit;
import org.colonnade.identity.key.Secrets;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class ThrottleTest {

    @Autowired
    Throttle throttle;

    @Autowired
    JdbcClient jdbc;

    private final String whom = UUID.randomUUID().toString();

    @Test
    @Asvs("6.3.1")
    void theFirstFewAreFreeAndThenEachWaitIsTwiceAsLongUpToTheLongest() {
        List<Integer> waits = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            throttle.attempt(Limit.GUESS, whom);
            waits.add(seconds(Limit.GUESS));
            pass(Limit.GUESS);
        }
        assertThat(waits).containsExactly(0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900);
    }

    @Test
    void anAccountIsNeverLockedForLongByOthers() {
        IntStream.range(0, 80).forEach(i -> {
            throttle.attempt(Limit.ACCOUNT, whom);
            pass(Limit.ACCOUNT);
        });
        throttle.attempt(Limit.ACCOUNT, whom);
        assertThat(seconds(Limit.ACCOUNT)).isEqualTo(60);
    }

    @Test
    void anAttemptThatComesTooEarlyIsRefusedAndNotCounted() {
        IntStream.range(0, 6).forEach(i -> throttle.attempt(Limit.GUESS, whom));
        block(Limit.GUESS);
        assertThat(isRefused(Limit.GUESS)).isTrue();
        assertThat(attempts(Limit.GUESS)).isEqualTo(6);
        throttle.forget(Limit.GUESS, whom);
        assertThat(isRefused(Limit.GUESS)).isFalse();
    }

    @Test
    void ofManyAtOnceNoMoreGetThroughThanOfManyInTurn() throws Exception {
        List<Callable<Boolean>> attempts = IntStream.range(0, 40)
                .mapToObj(i -> (Callable<Boolean>) () -> isRefused(Limit.GUESS))
                .toList();
        try (var attackers = Executors.newFixedThreadPool(8)) {
            long passed = 0;
            for (Future<Boolean> refused : attackers.invokeAll(attempts)) {
                passed += refused.get() ? 0 : 1;
            }
            // Five are free; on a slow machine a wait or two of the first seconds may end meanwhile.
            assertThat(passed).isBetween(6L, 10L);
        }
    }

    private boolean isRefused(Limit limit) {
        try {
            throttle.attempt(limit, whom);
            return false;
        } catch (TooManyAttemptsException e) {
            return true;
        }
    }

    private int attempts(Limit limit) {
        return jdbc.sql("select attempts from identity.throttle where key = :key")
                .param("key", key(limit))
                .query(Integer.class)
                .single();
    }

    private int seconds(Limit limit) {
        return jdbc.sql(
                        "select round(extract(epoch from blocked_until - last_at))::int from identity.throttle where key = :key")
                .param("key", key(limit))
                .query(Integer.class)
                .single();
    }

    private void pass(Limit limit) {
        jdbc.sql("update identity.throttle set blocked_until = now() where key = :key")
                .param("key", key(limit))
                .update();
    }

    private void block(Limit limit) {
        jdbc.sql("update identity.throttle set blocked_until = now() + interval '1 minute' where key = :key")
                .param("key", key(limit))
                .update();
    }

    private String key(Limit limit) {
        return limit + ":" + Secrets.digest(whom);
    }
}
