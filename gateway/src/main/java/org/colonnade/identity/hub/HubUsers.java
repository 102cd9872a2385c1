package org.colonnade.identity.hub;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.NotebookHubs;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.key.InstallationKeys;
import org.colonnade.identity.key.Secrets;
import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks configured hubs who a token belongs to. Verdicts are remembered for a short time under a keyed digest of the
 * token; a hub that does not answer is left alone for a while, and never more than a few are asked at once.
 */
@Service
class HubUsers implements NotebookHubs, DisposableBean {

    private static final Duration GOOD = Duration.ofSeconds(60);
    private static final Duration BAD = Duration.ofSeconds(5);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 32;
    private static final int LONGEST_TOKEN = 4096;
    private static final int LONGEST_ANSWER = 1024 * 1024;
    private static final String ROLE = "compute.user";

    /** What the hub said; a person's account is looked up anew each time, so that blocking works at once. */
    private sealed interface Answer {
        record Known(String name, String host) implements Answer {}

        record Nobody() implements Answer {}

        record Silence() implements Answer {}
    }

    private final Map<String, IdentityProperties.Hub> hubs = new ConcurrentHashMap<>();
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Cache<String, Answer> answers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfter(Expiry.<String, Answer>writing((token, answer) -> answer instanceof Answer.Known ? GOOD : BAD))
            .build();

    private final InstallationKeys keys;
    private final ExternalAccounts accounts;
    private final AuditLog audit;

    HubUsers(IdentityProperties properties, InstallationKeys keys, ExternalAccounts accounts, AuditLog audit) {
        properties.hubs().values().forEach(hub -> hubs.put(normal(hub.host()), hub));
        this.keys = keys;
        this.accounts = accounts;
        this.audit = audit;
    }

    @Override
    public Verdict recognise(String token) {
        Optional<String[]> parts = split(token);
        if (parts.isEmpty() || !hubs.containsKey(normal(parts.get()[0]))) {
            return new Verdict.Unknown();
        }
        String host = normal(parts.get()[0]);
        String key =
                Secrets.encode(Secrets.authenticate(keys.get("hub-token"), token.getBytes(StandardCharsets.UTF_8)));
        Answer answer = answers.getIfPresent(key);
        if (answer == null) {
            answer = ask(host, parts.get()[1]);
            answers.put(key, answer);
        }
        return switch (answer) {
            case Answer.Known known -> verdict(known);
            case Answer.Nobody nobody -> new Verdict.Unknown();
            case Answer.Silence silence -> new Verdict.Unreachable();
        };
    }

    private Verdict verdict(Answer.Known known) {
        String user = known.name + "@" + known.host;
        Account account = accounts.arriveApproved(
                new Claimed("jupyterhub:" + known.host, known.name, user, null, false),
                "hub-" + known.host,
                Set.of(ROLE));
        Visitor visitor = account.visitor();
        if (!account.standing().maySignIn()) {
            audit.record(
                    visitor,
                    "identity.token",
                    account.target(),
                    AuditLog.Outcome.REFUSED,
                    "The account is " + account.standing().words());
            return new Verdict.Unknown();
        }
        return new Verdict.Recognised(visitor, user);
    }

    private Answer ask(String host, String hubToken) {
        CircuitBreaker breaker = breakers.computeIfAbsent(host, HubUsers::breaker);
        try {
            if (!asking.tryAcquire(TOTAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer.Silence();
            }
            try {
                return breaker.executeCallable(() -> call(host, hubToken));
            } finally {
                asking.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Silence();
        } catch (CallNotPermittedException e) {
            return new Answer.Silence();
        } catch (Exception e) {
            return new Answer.Silence();
        }
    }

    private static CircuitBreaker breaker(String host) {
        return CircuitBreaker.of(
                host,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(5)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(80)
                        .waitDurationInOpenState(Duration.ofSeconds(30))
                        .build());
    }

    private Answer call(String host, String hubToken) throws IOException, InterruptedException {
        IdentityProperties.Hub hub = hubs.get(host);
        if (hub == null) {
            return new Answer.Nobody();
        }
        String prefix = hub.prefix().replaceAll("/+$", "");
        URI uri = URI.create((hub.insecure() ? "http://" : "https://") + host + prefix + "/hub/api/user");
        HttpResponse<String> response = receive(HttpRequest.newBuilder(uri)
                .timeout(TOTAL)
                .header("Authorization", "token " + hubToken)
                .build());
        if (response.statusCode() >= 500) {
            throw new IOException("The hub answers " + response.statusCode());
        }
        boolean json = response.headers()
                .firstValue("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
        return response.statusCode() == 200 && json ? user(host, response.body()) : new Answer.Nobody();
    }

    /** The client's own time limit ends with the headers; a hub could send its body for ever. */
    private HttpResponse<String> receive(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        try {
            return answer.get(TOTAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The hub does not answer", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** A service's token, or an answer without a name, is nobody's. */
    private static Answer user(String host, String body) {
        try {
            JsonNode user = JsonMapper.shared().readTree(body);
            String name = user.path("name").asString("");
            boolean person = user.path("kind").isMissingNode()
                    || user.path("kind").asString("").equals("user");
            return person && !name.isBlank() && name.length() <= 150
                    ? new Answer.Known(name, host)
                    : new Answer.Nobody();
        } catch (JacksonException e) {
            return new Answer.Nobody();
        }
    }

    private static Optional<String[]> split(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split("@", -1);
            boolean printable = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return parts.length == 2 && !parts[1].isEmpty() && printable ? Optional.of(parts) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Notebooks name their hub in many ways: with scheme, path, slashes, capitals and the default port. */
    static String normal(String host) {
        return host.toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://", "")
                .replaceFirst("/.*$", "")
                .replaceFirst(":(443|80)$", "");
    }

    @Override
    public void destroy() {
        http.close();
    }
}
