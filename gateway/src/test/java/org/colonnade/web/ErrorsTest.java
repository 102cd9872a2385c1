package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller is told when something is wrong. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class ErrorsTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Autowired
    JsonMapper mapper;

    @Autowired
    @Qualifier("faultDoor")
    FrontDoor door;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theApiAnswersWithProblemDetailsThatNameTheReference() throws Exception {
        var answer = send(request("/api/v1/nothing-here"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = mapper.readTree(answer.body());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(problem.get("status").asInt()).isEqualTo(404);
        String reference = answer.headers().firstValue("X-Reference").orElseThrow();
        assertThat(problem.get("reference").asString()).isEqualTo(reference);
        assertThat(problem.get("instance").asString()).isEqualTo("urn:colonnade:request:" + reference);
        assertThat(send(request(problem.get("type").asString()).header("Accept", "text/html"))
                        .statusCode())
                .as("the type's page")
                .isEqualTo(200);
    }

    @Test
    void aPersonGetsAPageWithTheSameReference() throws Exception {
        var answer = send(request("/nothing-here").header("Accept", "text/html"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains(
                        "There is nothing here",
                        "<main",
                        answer.headers().firstValue("X-Reference").orElseThrow());
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/faults/bug", "/faults/bug", "/fault-door/bug"})
    void ourOwnMistakeTellsNothingAboutItself(String path) throws Exception {
        var answer = send(request(path).header("Accept", "*/*"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Something went wrong on our side")
                .doesNotContain("secret", "Exception", "org.colonnade", "\tat ");
    }

    @Test
    void whatIsKnownToBeUnavailableIsOneQuietLineOfTheLog(CapturedOutput output) throws Exception {
        var answer = send(request("/api/v1/faults/unavailable"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The engine is not installed on this server");
        String reference = answer.headers().firstValue("X-Reference").orElseThrow();
        assertThat(output.getAll().lines().filter(line -> line.contains("reference " + reference)))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("WARN").endsWith("The engine is not installed on this server"));
        assertThat(output.getAll()).doesNotContain("ProblemException");
    }

    @Test
    void malformedJsonIsRefusedWithThePlace() throws Exception {
        var answer = post("/api/v1/faults", "{\n  \"steps\": [}\n}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = mapper.readTree(answer.body());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/malformed");
        assertThat(problem.get("detail").asString()).contains("line 2, column 13");
    }

    @Test
    void aWrongTypeIsRefusedWithTheNameOfTheProperty() throws Exception {
        JsonNode problem = mapper.readTree(post(
                        "/api/v1/faults",
                        "{\"steps\": [{\"name\": \"a\", \"count\": 1, \"fast\": true}, {\"name\": \"b\", \"count\": \"many\"}]}")
                .body());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-input");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("steps[1].count");
        assertThat(problem.at("/errors/0/message").asString()).isEqualTo("is not a number of the right kind");
    }

    @Test
    void aRuleThatIsBrokenIsReportedWithItsField() throws Exception {
        JsonNode problem =
                mapper.readTree(post("/api/v1/faults", "{\"steps\": [{\"name\": \" \", \"count\": 1, \"fast\": true}]}")
                        .body());
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("steps[0].name");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "number?count=x, count is not a whole or decimal number in range",
        "number, count is missing",
    })
    void aWrongParameterIsNamed(String path, String detail) throws Exception {
        JsonNode problem =
                mapper.readTree(send(request("/api/v1/faults/" + path)).body());
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void aMissingBodyAndAnotherTypeOfContentAreToldApart() throws Exception {
        assertThat(post("/api/v1/faults", "").statusCode()).isEqualTo(400);
        var answer = send(
                request("/api/v1/faults").header("Content-Type", "text/csv").POST(BodyPublishers.ofString("a,b")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("text/csv", "application/json");
    }

    @Test
    void aWrongMethodIsAnsweredWithThePossibleOnes() throws Exception {
        var answer = send(request("/api/v1/faults").DELETE());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherAnnouncedOrNot() throws Exception {
        String large = "[\"" + "x".repeat(5_000_000) + "\"]";
        assertThat(post("/api/v1/faults", large).statusCode()).isEqualTo(413);
        InputStream streamed = new SequenceInputStream(Collections.enumeration(IntStream.range(0, 5)
                .mapToObj(i -> (InputStream) new java.io.ByteArrayInputStream(
                        ((i == 0 ? "{\"steps\":\"" : "") + "x".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8)))
                .toList()));
        var answer = send(request("/api/v1/faults")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> streamed)));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(mapper.readTree(answer.body()).get("type").asString()).isEqualTo("/problems/too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fault-door/unknown, 404",
        "DELETE, /fault-door, 405",
        "POST, /fault-door, 415",
        "GET, /fault-door/number?count=x, 400",
        "GET, /fault-door/a;b=c, 400",
        "GET, /fault-door/a%00b, 400",
        "GET, //fault-door/a, 400",
    })
    void belowAFrontDoorEveryErrorHasTheShapeOfItsClient(String method, String path, int status) throws Exception {
        String answer = raw(
                method + " " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(mapper.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
                        .get("code")
                        .asInt())
                .isEqualTo(status);
    }

    @Test
    void belowAFrontDoorAlsoASecurityFilterAnswersInShape() throws Exception {
        var answer = send(request("/fault-door").method("TRACE", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(mapper.readTree(answer.body()).get("code").asInt()).isEqualTo(answer.statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /<script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /api/v1/a%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /fault-door/a%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /fault-door/a|b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: local host\r\n\r\n",
                "NONSENSE\r\n\r\n",
            })
    void whatTheContainerRefusesShowsNeitherItsNameNorAStack(String request) throws Exception {
        String answer = raw(request);
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("tomcat", "apache", "Exception", "\tat ");
        if (request.contains("/fault-door/a%zz")) {
            assertThat(answer).contains("\"code\":400");
        }
        if (request.contains("/api/v1")) {
            assertThat(answer).contains("application/problem+json");
        }
    }

    @Test
    void aHeaderThatIsTooLongIsRefusedQuietly() throws Exception {
        String answer = raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n");
        assertThat(answer).matches(Pattern.compile("HTTP/1.1 4\\d\\d.*", Pattern.DOTALL));
        assertThat(answer).doesNotContainIgnoringCase("tomcat", "exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/jobs?limit=", "/api/v1/jobs?limit=%00", "/api/v1/jobs?state=%00", "/search?q=a%00b"})
    void emptyNumbersAndNullCharactersAreNoValues(String path) throws Exception {
        assertThat(send(request(path)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /unknown, , 404",
        "GET, /api/v1/jobs, , 404",
        "DELETE, /number, , 405",
        "GET, /number?count=x, , 400",
        "GET, /a;b=c, , 400",
        "GET, /a%zz, , 400",
        "GET, //a, , 400",
        "TRACE, /, , 405",
        "GET, /number?count=1, Authorization: Bearer col_wrong, 401",
        "GET, /number?count=1, Authorization: Basic eDpjb2xfd3Jvbmc=, 401",
        "GET, http://localhost:9500/unknown, , 404",
        "GET, http://elsewhere.example/number?count=1, Authorization: Nonsense, 401",
    })
    void atTheDoorsOwnPortEveryErrorHasTheShapeOfItsClient(String method, String path, String header, int status)
            throws Exception {
        String answer = raw(
                door.rootPort(),
                method + " " + path + " HTTP/1.1\r\nHost: "
                        + (path.startsWith("http:") ? URI.create(path).getAuthority() : "localhost")
                        + "\r\nAccept: */*\r\n"
                        + (header == null ? "" : header + "\r\n")
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        JsonNode body = mapper.readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(body.get("code").asInt()).isEqualTo(status);
        assertThat(body.get("error").asString()).isNotBlank();
    }

    @Test
    void atTheDoorsOwnPortABodyThatIsTooLargeIsRefusedInShape() throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create("http://localhost:" + door.rootPort() + "/"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[\"" + "x".repeat(5_000_000) + "\"]")));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(mapper.readTree(answer.body()).get("code").asInt()).isEqualTo(413);
    }

    @Test
    void aWrongTokenBelowAFrontDoorIsRefusedWithASentence() throws Exception {
        var answer = send(request("/fault-door/number?count=1").header("Authorization", "Bearer col_wrong"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(mapper.readTree(answer.body()).get("error").asString()).isEqualTo("The credential is not valid.");
    }

    private String raw(String request) throws IOException {
        return raw(port, request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
