package org.colonnade.execution.slurm;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A PHREEQC run goes to a real Slurm by the API of the packaged gateway, and comes back. */
class PhreeqcOnSlurmTest {

    private static final String EMAIL = "admin@lab.example";
    private static final String PASSWORD = "granite basalt gneiss marble";
    private static final String CALCITE = """
        SOLUTION 1
          pH 7 charge
          Ca 1
          C(4) 2
        EQUILIBRIUM_PHASES 1
          Calcite 0 10
        END
        """;

    private static OneNodeSlurm slurm;
    private static Gateway gateway;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        slurm = OneNodeSlurm.start("--accounting", "--min-job-age", "300");
        List<String> options =
                new ArrayList<>(List.of("--colonnade.admin.email=" + EMAIL, "--colonnade.admin.password=" + PASSWORD));
        slurm.settings("phreeqc")
                .forEach((key, value) ->
                        options.add("--colonnade.execution.slurm.clusters.keeling." + key + "=" + value));
        gateway = Gateway.start(options.toArray(String[]::new));
        token = token();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        slurm.close();
    }

    @Test
    void aRunThatChoosesTheClusterEndsWithItsFilesHere() throws Exception {
        assertThat(get("/api/v1/calculators/phreeqc/places").toString()).contains("keeling", "Test cluster");
        // when
        String id = submit();
        // then
        assertThat(awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(text("/api/v1/calculators/phreeqc/runs/" + id + "/output")).contains("Calcite", "Phase assemblage");
        assertThat(get("/api/v1/calculators/phreeqc/runs/" + id + "/log").toString())
                .contains("Submitted to keeling as job", "Used on keeling: 1 core for ");
        assertThat(jobsOf(id)).hasSize(1);
    }

    @Test
    void aRunOutlivesTheGatewayThatSubmittedIt() throws Exception {
        // given
        String id = submit();
        await().atMost(Duration.ofSeconds(60)).until(() -> !jobsOf(id).isEmpty());
        // when
        gateway.kill();
        gateway.restart();
        // then
        assertThat(awaitEnd(id)).contains("\"COMPLETED\"");
        assertThat(text("/api/v1/calculators/phreeqc/runs/" + id + "/output")).contains("Calcite");
        assertThat(jobsOf(id)).hasSize(1);
    }

    private static String submit() throws Exception {
        var body = Map.of("input", CALCITE, "database", "phreeqc.dat", "place", "keeling");
        return post(
                        "/api/v1/calculators/phreeqc/runs",
                        "Bearer " + token,
                        JsonMapper.shared().writeValueAsString(body))
                .path("id")
                .stringValue();
    }

    private static String awaitEnd(String id) {
        String path = "/api/v1/calculators/phreeqc/runs/" + id;
        await().atMost(Duration.ofMinutes(2)).until(() -> get(path).toString(), run -> run.contains("\"endedAt\":\""));
        return uncheckedGet(path);
    }

    private static String uncheckedGet(String path) {
        try {
            return get(path).toString();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> jobsOf(String id) throws IOException, InterruptedException {
        return slurm.command("squeue", "-h", "-t", "all", "--name=colonnade-" + id + "-1", "-o", "%A")
                .lines()
                .toList();
    }

    private static String token() throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return post(
                        "/api/v1/tokens",
                        "Basic " + basic,
                        "{\"name\":\"script\",\"scopes\":[\"READ\",\"WRITE\"],\"days\":1}")
                .path("token")
                .stringValue();
    }

    private static JsonNode post(String path, String authorization, String body)
            throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(gateway.uri(path))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(text(path));
    }

    private static String text(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(gateway.uri(path)).header("Authorization", "Bearer " + token));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return response.body();
        }
    }
}
