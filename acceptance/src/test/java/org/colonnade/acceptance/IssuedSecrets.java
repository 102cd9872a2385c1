package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Everything secret that passes by in browsers: cookies as they are set, links, codes, states and tokens in addresses,
 * and passwords in forms. None of it may ever stand in a log.
 */
final class IssuedSecrets {

    /** Names of parameters whose values are as good as a password, for a while or for ever. */
    private static final Set<String> PARAMETERS = Set.of(
            "link",
            "code",
            "state",
            "nonce",
            "id_token_hint",
            "password",
            "repeated",
            "present",
            "confirmation",
            "clientSecret",
            "_csrf");

    private static final int SHORTEST = 12;

    /** The secret, and what it was. */
    private final Map<String, String> seen = new ConcurrentSkipListMap<>();

    private final Set<String> kinds = ConcurrentHashMap.newKeySet();

    void add(String what, String secret) {
        if (secret.length() >= SHORTEST) {
            seen.put(secret, what);
            kinds.add(what);
        }
    }

    /** Listens to a browser from now on. */
    BrowserContext watch(BrowserContext context) {
        context.onRequest(this::read);
        context.onResponse(this::read);
        return context;
    }

    private void read(Request request) {
        String query = URI.create(request.url()).getRawQuery();
        parameters(query);
        String body = request.postData();
        String type = request.headers().getOrDefault("content-type", "");
        if (body != null && type.startsWith("application/x-www-form-urlencoded")) {
            parameters(body);
        }
    }

    private void read(Response response) {
        response.headersArray().stream()
                .filter(header -> header.name.equalsIgnoreCase("set-cookie"))
                .flatMap(header -> header.value.lines())
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .forEach(cookie ->
                        add("cookie " + cookie.replaceFirst("=.*", ""), cookie.substring(cookie.indexOf('=') + 1)));
    }

    private void parameters(String encoded) {
        Stream.ofNullable(encoded)
                .flatMap(text -> Arrays.stream(text.split("&")))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && PARAMETERS.contains(pair[0]))
                .forEach(pair -> add(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** The kinds of secrets that passed by, so that a test can say that it saw what it meant to see. */
    Set<String> kinds() {
        return Set.copyOf(kinds);
    }

    /** One of a kind. */
    String one(String kind) {
        return seen.entrySet().stream()
                .filter(secret -> secret.getValue().equals(kind))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " passed by"));
    }

    /** Looks for each of them in what the gateway printed and in every log file below its folder. */
    void assertNoneIn(Gateway gateway) throws IOException {
        StringBuilder logs = new StringBuilder(gateway.output());
        try (var files = Files.walk(gateway.data())) {
            for (var file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                logs.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        // The link for the first administrator is printed on purpose, and worthless once it was used.
        String text = logs.toString().replaceAll("/setup\\?link=\\S+", "");
        List<String> leaked = seen.entrySet().stream()
                .filter(secret -> text.contains(secret.getKey()))
                .map(secret -> secret.getValue() + " " + secret.getKey())
                .toList();
        assertThat(leaked).isEmpty();
    }
}
