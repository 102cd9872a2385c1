package org.colonnade.certification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A script that speaks the Run Registry's interface. */
final class Registry {

    record Answer(int status, JsonNode body, String text) {

        /** As the registry's own interface tells it. */
        String detail() {
            return body.path("detail").asString("");
        }

        String err() {
            return body.path("err").asString("");
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final int port;
    private final @Nullable String token;
    private final String prefix;

    Registry(int port, @Nullable String token) {
        this(port, token, "/runregistry");
    }

    Registry(int port, @Nullable String token, String prefix) {
        this.port = port;
        this.token = token;
        this.prefix = prefix;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    /** As a page sends it. */
    Answer form(String path, String body) {
        return exchange("POST", path, body, "application/x-www-form-urlencoded");
    }

    /** @param headers names and values in turn */
    Answer send(String method, String path, @Nullable String body, String... headers) {
        boolean yaml = path.startsWith("/configuration?") || path.equals("/configuration");
        return exchange(method, path, body, yaml ? "application/yaml" : "application/json", headers);
    }

    private Answer exchange(String method, String path, @Nullable String body, String type, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + prefix + path))
                .header("Content-Type", type)
                .header("email", "auto@auto")
                .header("egroups", "cms-dqm-runregistry-experts")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(answered -> answered.contains("json"))
                    .isPresent();
            return new Answer(
                    response.statusCode(), json ? JsonMapper.shared().readTree(text) : MissingNode.getInstance(), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
