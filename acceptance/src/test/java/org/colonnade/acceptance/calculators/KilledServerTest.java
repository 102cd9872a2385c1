package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.colonnade.acceptance.Gateway;
import org.colonnade.calculators.phreeqc.Examples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A PHREEQC run whose server is killed under it. */
class KilledServerTest {

    private static final String API = "/api/v1/calculators/phreeqc";

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    @Tag("G.25")
    void theRunBeginsAgainWithTheServerAndNothingOfTheFirstIsLeft() throws Exception {
        try (Gateway gateway = Gateway.start()) {
            assumeTrue(get(gateway, API).contains("\"available\":true"), "PHREEQC is not installed on this machine");
            // given
            String input = Examples.find("long-column").orElseThrow().input();
            String id = field(
                    post(gateway, API + "/runs", JsonMapper.shared().writeValueAsString(Map.of("input", input))), "id");
            await().atMost(Duration.ofMinutes(1)).until(() -> state(gateway, id).equals("RUNNING"));
            // when
            gateway.kill();
            gateway.restart();
            // then
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get(gateway, "/api/v1/jobs/" + id).contains("\"attempt\":2"));
            await().atMost(Duration.ofMinutes(1)).until(() -> state(gateway, id).equals("RUNNING"));
            assertThat(processes(id)).as("one run, in its sandbox").isLessThanOrEqualTo(4);
            // and
            post(gateway, API + "/runs/" + id + "/cancel", "{}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> state(gateway, id).equals("CANCELLED"));
            await().atMost(Duration.ofSeconds(5)).until(() -> processes(id) == 0);
        }
    }

    private static long processes(String id) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(id))
                .count();
    }

    private String state(Gateway gateway, String id) throws IOException, InterruptedException {
        return field(get(gateway, API + "/runs/" + id), "state");
    }

    private static String field(String json, String name) {
        int from = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(from, json.indexOf('"', from));
    }

    private String get(Gateway gateway, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(gateway.uri(path)).build());
    }

    private String post(Gateway gateway, String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(gateway.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
