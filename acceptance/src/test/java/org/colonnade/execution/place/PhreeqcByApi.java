package org.colonnade.execution.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.colonnade.acceptance.Gateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who runs PHREEQC by the API of the packaged gateway, at a place of choice. */
public final class PhreeqcByApi implements AutoCloseable {

    private static final String EMAIL = "admin@lab.example";
    private static final String PASSWORD = "granite basalt gneiss marble";
    private static final String RUNS = "/api/v1/calculators/phreeqc/runs/";
    private static final String CALCITE = """
        SOLUTION 1
          pH 7 charge
          Ca 1
          C(4) 2
        EQUILIBRIUM_PHASES 1
          Calcite 0 10
        END
        """;

    private final Gateway gateway;
    private final String place;
    private final String token;

    /**
     * Starts a gateway.
     *
     * @param settings of the place by their full names
     */
    public PhreeqcByApi(String place, Map<String, String> settings) throws IOException, InterruptedException {
        this.place = place;
        List<String> options =
                new ArrayList<>(List.of("--colonnade.admin.email=" + EMAIL, "--colonnade.admin.password=" + PASSWORD));
        settings.forEach((key, value) -> options.add("--" + key + "=" + value));
        this.gateway = Gateway.start(options.toArray(String[]::new));
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        this.token = post(
                        "/api/v1/tokens",
                        "Basic " + basic,
                        "{\"name\":\"script\",\"scopes\":[\"READ\",\"WRITE\"],\"days\":1}")
                .path("token")
                .stringValue();
    }

    public Gateway gateway() {
        return gateway;
    }

    public String places() throws IOException, InterruptedException {
        return get("/api/v1/calculators/phreeqc/places");
    }

    /** @return the id of the job */
    public String submit() throws IOException, InterruptedException {
        var body = Map.of("input", CALCITE, "database", "phreeqc.dat", "place", place);
        return post(
                        "/api/v1/calculators/phreeqc/runs",
                        "Bearer " + token,
                        JsonMapper.shared().writeValueAsString(body))
                .path("id")
                .stringValue();
    }

    /** @return the run as it ended */
    public String awaitEnd(String id) throws IOException, InterruptedException {
        await().atMost(Duration.ofMinutes(2)).until(() -> get(RUNS + id), run -> run.contains("\"endedAt\":\""));
        return get(RUNS + id);
    }

    public String output(String id) throws IOException, InterruptedException {
        return get(RUNS + id + "/output");
    }

    public String log(String id) throws IOException, InterruptedException {
        return get(RUNS + id + "/log");
    }

    private JsonNode post(String path, String authorization, String body) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(gateway.uri(path))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(gateway.uri(path)).header("Authorization", "Bearer " + token));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return response.body();
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
