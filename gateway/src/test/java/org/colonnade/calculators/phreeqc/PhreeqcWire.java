package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a gateway over HTTP: like a script, without cookies, unless told otherwise. */
public final class PhreeqcWire implements AutoCloseable {

    public static final String API = "/api/v1/calculators/phreeqc";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String[] always;

    /** @param always headers that go with every request, name and value in turn */
    public PhreeqcWire(int port, String... always) {
        base = "http://localhost:" + port;
        this.always = always;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers));
    }

    public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> post(String path, Object body, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
    }

    /** @param parts name to text; a name with a slash is a file: {@code field/file name} */
    public HttpResponse<String> form(String path, Map<String, byte[]> parts) throws IOException, InterruptedException {
        String boundary = "b" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        for (var part : parts.entrySet()) {
            String[] names = part.getKey().split("/", 2);
            String file = names.length > 1 ? "; filename=\"" + names[1] + "\"" : "";
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + names[0] + "\"" + file
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(part.getValue());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** Submits an input and returns the run's id. */
    public String submit(String input, String database) throws IOException, InterruptedException {
        var answer = post(API + "/runs", Map.of("input", input, "database", database));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).get("id").asString();
    }

    /** Waits until a run ended. */
    public JsonNode ended(String id) throws IOException, InterruptedException {
        return until(id, List.of("COMPLETED", "FAILED", "TIMED_OUT", "CANCELLED"));
    }

    public JsonNode until(String id, List<String> states) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            JsonNode run = json(get(API + "/runs/" + id, "Accept", "application/json"));
            if (states.contains(run.get("state").asString())) {
                return run;
            }
            assertThat(System.nanoTime()).as("%s in time: %s", states, run).isLessThan(until);
            Thread.sleep(50);
        }
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        for (int i = 0; i < always.length; i += 2) {
            request.setHeader(always[i], always[i + 1]);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
