package org.colonnade.identity.account;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.colonnade.identity.setup.IdentityProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id on a few threads of its own. A hash costs tens of milliseconds of processor time by
 * intent; without a bound on how many are computed at once, a rush of sign-ins would starve every page. Whoever needs the
 * database around a hash does so {@linkplain #inTurn in turn}, so that the rush does not take all its connections either.
 */
@Component
public class Passwords implements DisposableBean {

    /** Long enough for any passphrase, short enough that hashing its bytes costs nothing. */
    public static final int MAX_LENGTH = 256;

    private static final int LONGEST_ESTIMATED = 64;

    /** A guesser of known habits needs at least so many tries; the list of common passwords ends far below. */
    private static final double FEWEST_GUESSES = 1e7;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PATIENCE_SECONDS = 30;

    private final IdentityProperties.Passwords settings;
    private final Argon2PasswordEncoder encoder;
    private final ThreadPoolExecutor threads;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String nobodysHash;

    Passwords(IdentityProperties properties) {
        settings = properties.passwords();
        encoder = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, settings.memoryKibibytes(), settings.passes());
        int atOnce = settings.hashesAtOnce() > 0
                ? settings.hashesAtOnce()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(settings.waiting()),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        // While one is hashed, the next may look its account up.
        turns = new Semaphore(2 * atOnce, true);
        nobodysHash = hashOfNoPassword();
    }

    /** As costly to compare with as anybody's, and made without hashing. */
    String hashOfNoPassword() {
        var random = new SecureRandom();
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(salt);
        random.nextBytes(hash);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
                .formatted(
                        settings.memoryKibibytes(),
                        settings.passes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /**
     * @return what is wrong with a password that somebody chose, in a sentence; empty if it may be used
     */
    public Optional<String> objection(String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < settings.minLength()) {
            return Optional.of("A password has at least " + settings.minLength()
                    + " characters. Four random words make a good one.");
        }
        if (length > MAX_LENGTH) {
            return Optional.of("A password has at most " + MAX_LENGTH + " characters.");
        }
        if (password.codePoints().distinct().count() < 5) {
            return Optional.of("This password repeats too few characters.");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        String person = email.toLowerCase(Locale.ROOT);
        int at = person.indexOf('@');
        if (isCommon(password)) {
            return Optional.of("This password is among the first that somebody would guess. Four random words make a"
                    + " good one.");
        }
        if (lower.equals(person) || lower.contains("colonnade") || at >= 4 && lower.contains(person.substring(0, at))) {
            return Optional.of("A password contains neither your address nor the name of this service.");
        }
        return Optional.empty();
    }

    /** Also one with a small change to a common one, such as an exclamation mark at its end. */
    private static boolean isCommon(String password) {
        // Its time grows with the square of the length, and a long beginning that is hard to guess is enough.
        Strength strength =
                Common.ESTIMATOR.measure(password.substring(0, Math.min(LONGEST_ESTIMATED, password.length())));
        try {
            return strength.getGuesses() < FEWEST_GUESSES;
        } finally {
            strength.wipe();
        }
    }

    /** Loaded when the first password is chosen, because its dictionaries take a moment. */
    private static final class Common {
        static final Zxcvbn ESTIMATOR = new Zxcvbn();
    }

    /** @throws BusyException if too many wait already */
    public String hash(String password) {
        return compute(() -> encoder.encode(password));
    }

    /**
     * Takes the same time whether there is a hash to compare with or not.
     *
     * @param encoded null if nobody has that name
     * @throws BusyException if too many wait already
     */
    public boolean matches(String password, @Nullable String encoded) {
        if (password.length() > 4 * MAX_LENGTH) {
            return false;
        }
        boolean same = compute(() -> encoder.matches(password, encoded == null ? nobodysHash : encoded));
        return encoded != null && same;
    }

    /**
     * Does work that contains a hash together with few others at a time. The rest wait before it, without a database
     * connection.
     *
     * @throws BusyException if too many wait already
     */
    public <T> T inTurn(Supplier<T> work) {
        takeTurn();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(0, TimeUnit.SECONDS)) {
                return;
            }
            try {
                if (waiting.incrementAndGet() > settings.waiting()
                        || !turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new BusyException();
                }
            } finally {
                waiting.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }

    private <T> T compute(Callable<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw new BusyException();
        }
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.cancel(true);
            throw new BusyException();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
