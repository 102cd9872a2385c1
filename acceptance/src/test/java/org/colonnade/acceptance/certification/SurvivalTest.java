package org.colonnade.acceptance.certification;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.colonnade.acceptance.Gateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sixteen people give verdicts on one run through two gateways; one gateway is killed without warning and the database is
 * crashed and recovers. Whatever was acknowledged is there, in order, once.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SurvivalTest {

    private static final String EMAIL = "admin@lab.example";
    private static final String PASSWORD = "granite basalt gneiss marble";
    private static final int WRITERS = 16;
    private static final int EACH = 25;

    @TempDir
    static Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Test
    void whatWasAcknowledgedSurvivesAKilledGatewayAndACrashedDatabase() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("cluster"))
                        .setOverrideWorkingDirectory(Gateway.databasePrograms().toFile())
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
                Pair gateways = Pair.start(postgres)) {
            Gateway first = gateways.first();
            Gateway second = gateways.second();
            String token = token(first);
            assertThat(post(first, token, "/runregistry/runs/", run()).statusCode())
                    .isEqualTo(200);
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            // when
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var writers = new ArrayList<Callable<Boolean>>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    int number = writer;
                    Gateway at = writer % 2 == 0 ? first : second;
                    writers.add(() -> write(at, token, number, acknowledged));
                }
                var working = threads.submit(() -> threads.invokeAll(writers));
                await(acknowledged, 40);
                second.kill();
                await(acknowledged, 100);
                crash(postgres);
                await(acknowledged, 160);
                second.restart();
                for (var writer : working.get()) {
                    assertThat(writer.get()).isTrue();
                }
            }
            // then
            assertThat(acknowledged).hasSizeGreaterThan(WRITERS * EACH / 2);
            List<String> written = history(first, token);
            assertThat(written).doesNotHaveDuplicates().containsAll(acknowledged);
            Map<String, Integer> last = new HashMap<>();
            for (String mark : written) {
                String[] parts = mark.split("/", 2);
                int number = Integer.parseInt(parts[1]);
                assertThat(number).as(mark).isGreaterThan(last.getOrDefault(parts[0], -1));
                last.put(parts[0], number);
            }
            assertThat(history(second, token)).isEqualTo(written);
            HttpResponse<String> replayed = post(second, token, "/api/v1/certification/replay", "{\"confirmed\":true}");
            assertThat(JsonMapper.shared()
                            .readTree(replayed.body())
                            .path("same")
                            .booleanValue())
                    .as(replayed.body())
                    .isTrue();
        }
    }

    /** Two gateways that meet an empty database at the same time. */
    private record Pair(Gateway first, Gateway second) implements AutoCloseable {

        static Pair start(EmbeddedPostgres postgres) throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Gateway> start = () -> gateway(postgres);
                List<Future<Gateway>> started = threads.invokeAll(List.of(start, start));
                try {
                    return new Pair(started.getFirst().get(), started.getLast().get());
                } catch (ExecutionException e) {
                    started.stream()
                            .filter(each -> each.state() == Future.State.SUCCESS)
                            .forEach(each -> each.resultNow().close());
                    throw e;
                }
            }
        }

        private static Gateway gateway(EmbeddedPostgres postgres) throws IOException, InterruptedException {
            return Gateway.start(
                    "--colonnade.database.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                    "--colonnade.database.username=postgres",
                    "--colonnade.admin.email=" + EMAIL,
                    "--colonnade.admin.password=" + PASSWORD);
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /** Goes on after every failure; what was not acknowledged is never sent again. */
    private boolean write(Gateway gateway, String token, int writer, Queue<String> acknowledged)
            throws InterruptedException {
        for (int i = 0; i < EACH; i++) {
            String mark = writer + "/" + i;
            try {
                HttpResponse<String> answer =
                        send(gateway, token, "PUT", "/runregistry/lumisections/edit_rr_lumisections", """
                        {"run_number":400001,"dataset_name":"online","component":"dt-dt",
                         "new_lumisection_range":{"start":%d,"end":%d,"status":"BAD","comment":"mark %s","cause":""}}
                        """.formatted(
                                        1 + writer % 10, 10, mark));
                if (answer.statusCode() == 200) {
                    acknowledged.add(mark);
                }
            } catch (IOException cut) {
                Thread.sleep(200);
            }
            Thread.sleep(30);
        }
        return true;
    }

    private static void await(Queue<String> acknowledged, int count) throws InterruptedException {
        for (int i = 0; i < 1200 && acknowledged.size() < count; i++) {
            Thread.sleep(50);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
    }

    /** Ends the server as a power cut does, and starts it again. */
    private static void crash(EmbeddedPostgres postgres) throws IOException, InterruptedException {
        try (var found = Files.walk(Gateway.databasePrograms())) {
            Path control =
                    found.filter(p -> p.endsWith("bin/pg_ctl")).findFirst().orElseThrow();
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                // The server refuses to be root, as the embedded one was started.
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(
                    control.toString(),
                    "-D",
                    folder.resolve("cluster").toString(),
                    "-m",
                    "immediate",
                    "-w",
                    "-l",
                    folder.resolve("recovered.log").toString(),
                    "restart"));
            var restart = new ProcessBuilder(command);
            Process process = restart.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("restart.log").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("restart.log")))
                    .isZero();
        }
        assertThat(postgres.getPort()).isPositive();
    }

    /** The comments of verdicts, by version. */
    private List<String> history(Gateway gateway, String token) throws IOException, InterruptedException {
        JsonNode rows = JsonMapper.shared()
                .readTree(post(
                                gateway,
                                token,
                                "/runregistry/lumisections/get_rr_lumisection_history",
                                "{\"run_number\":400001,\"dataset_name\":\"online\"}")
                        .body());
        long before = 0;
        var marks = new ArrayList<String>();
        for (JsonNode row : rows) {
            assertThat(row.path("version").longValue()).isGreaterThan(before);
            before = row.path("version").longValue();
            String comment = row.at("/jsonb/dt-dt/comment").asString("");
            if (comment.startsWith("mark ")) {
                marks.add(comment.substring("mark ".length()));
            }
        }
        return marks;
    }

    private static String run() {
        String bits = "{\"cms_active\":true}";
        String verdicts = "{\"dt-dt\":{\"status\":\"GOOD\",\"comment\":\"\",\"cause\":\"\"}}";
        return """
                {"oms_attributes":{"run_number":400001,"hlt_key":"/cdaq/physics/Collisions2026/v1"},
                 "rr_attributes":{"class":"Collisions26","significant":true},
                 "oms_lumisections":[%s],"rr_lumisections":[%s]}
                """.formatted(
                String.join(",", Collections.nCopies(10, bits)), String.join(",", Collections.nCopies(10, verdicts)));
    }

    private String token(Gateway gateway) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(gateway.uri("/api/v1/tokens"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Basic " + basic)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"script\",\"scopes\":[\"READ\",\"WRITE\",\"ROLES\"],\"days\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).path("token").stringValue();
    }

    private HttpResponse<String> post(Gateway gateway, String token, String path, String body)
            throws IOException, InterruptedException {
        return send(gateway, token, "POST", path, body);
    }

    private HttpResponse<String> send(Gateway gateway, String token, String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
