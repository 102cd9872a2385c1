package org.colonnade.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.token.PersonalTokens;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.testing.RouteRecipe;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes that the API's description names, and people who ask them. */
@Component
class ApiRoutes {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

    /** @param type of the content that it takes; JSON where it takes none */
    record Route(String method, String path, String type, boolean takesBody) {

        List<String> parameters() {
            List<String> names = new ArrayList<>();
            Matcher found = PARAMETER.matcher(path);
            while (found.find()) {
                names.add(found.group(1));
            }
            return names;
        }

        String with(Map<String, String> values) {
            return PARAMETER
                    .matcher(path)
                    .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(
                            found.group(1), UUID.randomUUID().toString())));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** @param token empty for a guest */
    record Person(Visitor visitor, String token) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RouteRecipe> recipes;
    private final ExternalAccounts external;
    private final PersonalTokens tokens;

    ApiRoutes(List<RouteRecipe> recipes, ExternalAccounts external, PersonalTokens tokens) {
        this.recipes = recipes;
        this.external = external;
        this.tokens = tokens;
    }

    List<Route> all(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v3/api-docs"))
                .build();
        JsonNode document = JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        Map<String, Route> routes =
                new TreeMap<>(Comparator.comparing((String route) -> route.substring(route.indexOf(' ')))
                        .thenComparing(route -> route));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        JsonNode types = operation.getValue().at("/requestBody/content");
                        Route route = new Route(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                types.isEmpty()
                                        ? "application/json"
                                        : types.propertyNames().iterator().next(),
                                !types.isEmpty());
                        routes.put(route.toString(), route);
                    }
                }));
        return List.copyOf(routes.values());
    }

    /** The recipe for a route's parameters. */
    Optional<RouteRecipe> recipe(Route route) {
        return recipes.stream()
                .filter(recipe -> route.path().startsWith(recipe.below() + "/")
                        && recipe.parameters().containsAll(route.parameters()))
                .max(Comparator.comparingInt(recipe -> recipe.below().length()));
    }

    /** Common things by a value of the right form, so that the route gets as far as to decide; nobody's own things. */
    Map<String, String> examples(Route route) {
        return recipe(route).orElse(null) instanceof RouteRecipe.Shared shared ? shared.examples() : Map.of();
    }

    List<RouteRecipe> recipes() {
        return recipes;
    }

    /** @return the status of the answer */
    int ask(int port, Route route, Map<String, String> values, Person person) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + route.with(values)))
                .timeout(Duration.ofSeconds(20))
                // What could succeed for an administrator is not tried: other tests share the gateway.
                .header("Content-Type", person.visitor().isAdmin() ? "application/json" : route.type())
                .method(
                        route.method(),
                        route.method().equals("GET") || route.method().equals("DELETE")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString("{}"));
        if (!person.token().isEmpty()) {
            request.header("Authorization", "Bearer " + person.token());
        }
        // A stream of events goes on for ever; its status is all that is asked for.
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    Person arrive(boolean approved) {
        var claimed = new Claimed("https://matrix.example", UUID.randomUUID().toString(), "Mira", null, false);
        return person(
                approved
                        ? external.arriveApproved(claimed, "matrix", Set.of())
                        : external.arrive(claimed, "matrix", Set.of()));
    }

    Person person(Account account) {
        return new Person(
                account.visitor(),
                tokens.create(account.visitor(), account.id(), "matrix", Set.of(Scope.values()), Duration.ofHours(1))
                        .token());
    }
}
