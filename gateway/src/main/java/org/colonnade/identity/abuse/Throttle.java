package org.colonnade.identity.abuse;

import java.time.Duration;
import java.util.Locale;
import org.colonnade.identity.key.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts attempts and makes the next one wait: not at all for the first few, then one second, and twice as long each
 * time. An attempt is counted before it is tried, so that many at once gain nothing; a good one is taken back. The count
 * is forgotten after an hour without attempts. Kept in the database, so that a restart or a second gateway is no way
 * around it.
 */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW)
public class Throttle {

    /** What is counted. */
    public enum Limit {
        /** Passwords for one account from one address. */
        GUESS(5, Duration.ofMinutes(15)),
        /** Passwords for one account from anywhere. Waits stay short: nobody shall be locked out by others. */
        ACCOUNT(50, Duration.ofMinutes(1)),
        /** Anything from one address, behind which a whole laboratory may sit. */
        ADDRESS(100, Duration.ofMinutes(15)),
        /** Mails to one address. */
        MAIL(3, Duration.ofHours(1)),
        /** Forms that send mails, from one address. */
        MAILS_FROM(30, Duration.ofMinutes(15)),
        /** Tokens that are not good, from one address. */
        TOKEN(30, Duration.ofMinutes(5));

        private final int free;
        private final Duration longest;

        Limit(int free, Duration longest) {
            this.free = free;
            this.longest = longest;
        }
    }

    private final JdbcClient jdbc;

    Throttle(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws TooManyAttemptsException if it is too early; such an attempt is not counted */
    public void attempt(Limit limit, String whom) {
        writeQuickly();
        int counted = jdbc.sql("""
                insert into identity.throttle as t (key, attempts, last_at, blocked_until)
                values (:key, 1, now(), now())
                on conflict (key) do update
                set attempts = case when t.last_at < now() - interval '1 hour' then 1 else t.attempts + 1 end,
                    last_at = now(),
                    blocked_until = case
                        when t.last_at < now() - interval '1 hour' or t.attempts < :free then now()
                        else now() + make_interval(secs => least(2.0 ^ least(t.attempts - :free, 30), :longest))
                    end
                where t.blocked_until <= now()
                """)
                .param("key", key(limit, whom))
                .param("free", limit.free)
                .param("longest", limit.longest.toSeconds())
                .update();
        if (counted == 0) {
            throw new TooManyAttemptsException(waiting(limit, whom));
        }
    }

    /** @throws TooManyAttemptsException if it is too early; counts nothing */
    public void check(Limit limit, String whom) {
        Duration wait = waiting(limit, whom);
        if (wait.isPositive()) {
            throw new TooManyAttemptsException(wait);
        }
    }

    /** Takes one attempt back that turned out well. */
    public void forgive(Limit limit, String whom) {
        writeQuickly();
        jdbc.sql("""
                update identity.throttle
                set attempts = greatest(0, attempts - 1), blocked_until = now()
                where key = :key
                """).param("key", key(limit, whom)).update();
    }

    /** Forgets all attempts: the right person was found. */
    public void forget(Limit limit, String whom) {
        writeQuickly();
        jdbc.sql("delete from identity.throttle where key = :key")
                .param("key", key(limit, whom))
                .update();
    }

    /**
     * Everybody at one address counts in one row, and waits for it until whoever counted before is on the disk. A count
     * that a power failure takes back is no loss worth that wait.
     */
    private void writeQuickly() {
        jdbc.sql("set local synchronous_commit to off").update();
    }

    private Duration waiting(Limit limit, String whom) {
        return jdbc.sql("""
                select greatest(0, extract(epoch from blocked_until - now()) * 1000)::bigint
                from identity.throttle
                where key = :key
                """)
                .param("key", key(limit, whom))
                .query((row, n) -> Duration.ofMillis(row.getLong(1)))
                .optional()
                .orElse(Duration.ZERO);
    }

    private static String key(Limit limit, String whom) {
        return limit + ":" + Secrets.digest(whom.toLowerCase(Locale.ROOT));
    }
}
