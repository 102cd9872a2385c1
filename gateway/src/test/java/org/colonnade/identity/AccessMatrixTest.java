package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks every route that the API describes as a guest and as a pending, an approved and an administrating user, and writes
 * down who gets past the door. A route that opens or closes unnoticed changes the page, and the build says so.
 */
@GatewayTest
class AccessMatrixTest {

    private static final Path PAGE = Path.of("..", "docs", "security", "access-matrix.md");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String HEAD = """
            # Who gets past which door

            Written by `AccessMatrixTest`, which asks every route that the API describes, as each kind of visitor, with identifiers that do not
            exist. *yes*: the route answered, if only that there is no such thing; *sign in*: 401; *no*: 403. Which things
            somebody finds behind an open door is the matter of each room's own tests.

            | route | guest | pending | approved | administrator |
            |---|---|---|---|---|
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Accounts accounts;

    @Autowired
    PersonalTokens tokens;

    @Autowired
    Roles roles;

    @Test
    @Asvs({"8.2.1", "8.3.1"})
    void whoMayEnterWhereIsWrittenDown() throws Exception {
        Map<String, String> visitors = new LinkedHashMap<>();
        visitors.put("guest", "");
        visitors.put("pending", token(arrive(false)));
        visitors.put("approved", token(arrive(true)));
        Account administrator = arrive(true);
        roles.grantFirst(administrator.id());
        visitors.put("administrator", token(administrator));
        StringBuilder page = new StringBuilder(HEAD);
        for (var route : routes().entrySet()) {
            page.append("| `").append(route.getKey()).append("` |");
            for (String token : visitors.values()) {
                page.append(' ').append(ask(route.getKey(), token)).append(" |");
            }
            page.append('\n');
        }
        assertThat(page).contains("| `GET /api/v1/tokens` | sign in | yes | yes | yes |");
        write(page.toString());
    }

    private Map<String, JsonNode> routes() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v3/api-docs"))
                .build();
        String document =
                http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Map<String, JsonNode> routes =
                new TreeMap<>(java.util.Comparator.comparing((String route) -> route.substring(route.indexOf(' ')))
                        .thenComparing(route -> route));
        JsonMapper.shared()
                .readTree(document)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        routes.put(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                operation.getValue());
                    }
                }));
        return routes;
    }

    private String ask(String route, String token) throws IOException, InterruptedException {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1)
                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET") || method.equals("DELETE")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString("{}"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return switch (response.statusCode()) {
            case 401 -> "sign in";
            case 403 -> "no";
            default -> "yes";
        };
    }

    private Account arrive(boolean approved) {
        var claimed = new Claimed("https://matrix.example", UUID.randomUUID().toString(), "Mira", null, false);
        return approved
                ? external.arriveApproved(claimed, "matrix", Set.of())
                : external.arrive(claimed, "matrix", Set.of());
    }

    private String token(Account account) {
        return tokens.create(account.visitor(), account.id(), "matrix", Set.of(Scope.values()), Duration.ofHours(1))
                .token();
    }

    private static void write(String text) throws IOException {
        if (Files.exists(PAGE) && Files.readString(PAGE).equals(text)) {
            return;
        }
        Files.createDirectories(PAGE.getParent());
        Files.writeString(PAGE, text);
        fail("docs/security/access-matrix.md was out of date and has been rewritten: read it, then commit it");
    }
}
