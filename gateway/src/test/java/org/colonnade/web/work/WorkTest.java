package org.colonnade.web.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages and the API about jobs, as a guest's browser and a guest's script see them. */
@GatewayTest
class WorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<JobId> started = new ArrayList<>();

    @Value("${local.server.port}")
    int port;

    @Autowired
    Jobs jobs;

    @Autowired
    JsonMapper mapper;

    private String cookie;
    private Owner me;

    @BeforeEach
    void beSomebodyNew() throws Exception {
        var page = client.send(
                HttpRequest.newBuilder(uri("/")).header("Accept", "text/html").build(), BodyHandlers.discarding());
        cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        me = new Owner(json("/api/v1/me").get("owner").asString());
    }

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(id -> jobs.cancel(id, "test", "The test is over"));
        client.close();
    }

    @Test
    void thePageOfAnEndedJobShowsItsStateItsLogAndItsFilesWithoutAnyScript() throws Exception {
        JobId id = ended(12);
        String page = get("/jobs/" + id).body();
        assertThat(page)
                .contains("completed", "line 12 of &lt;b&gt;12&lt;/b&gt;", "out &lt;i&gt;.txt", "Run again", "/zip")
                .doesNotContain("<b>12</b>", "<i>");
        assertThat(get("/jobs").body()).contains("Trial", "/jobs/" + id);
    }

    @Test
    void theListIsFilteredByTheAddress() throws Exception {
        JobId id = ended(1);
        assertThat(get("/jobs?state=completed&kind=trial").body()).contains("/jobs/" + id);
        assertThat(get("/jobs?state=failed").body())
                .doesNotContain("/jobs/" + id)
                .contains("Nothing matches");
        assertThat(get("/jobs?state=%3Cscript%3E").body()).doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs/%s",
                "/jobs/%s/status",
                "/jobs/%s/log",
                "/jobs/%s/zip",
                "/jobs/%s/live",
                "/api/v1/jobs/%s",
                "/api/v1/jobs/%s/events",
                "/api/v1/jobs/%s/log",
                "/api/v1/jobs/%s/log.txt",
                "/api/v1/jobs/%s/files",
                "/api/v1/jobs/%s/zip",
                "/api/v1/jobs/%s/live",
            })
    void whatBelongsToSomebodyElseDoesNotExist(String path) throws Exception {
        JobId theirs = submit(new Owner("guest:somebody-else"), 1, true);
        assertThat(get(path.formatted(theirs)).statusCode()).isEqualTo(404);
        assertThat(get(path.formatted(UUID.randomUUID())).statusCode()).isEqualTo(404);
        assertThat(get(path.formatted("no-id")).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyEndsOrRepeatsTheWorkOfAnother() throws Exception {
        JobId theirs = submit(new Owner("guest:somebody-else"), 0, false);
        for (String act : List.of("cancel", "again")) {
            assertThat(post("/api/v1/jobs/" + theirs + "/" + act).statusCode()).isEqualTo(404);
            assertThat(post("/jobs/" + theirs + "/" + act).statusCode()).isEqualTo(404);
        }
        assertThat(jobs.find(theirs).orElseThrow().state()).isNotEqualTo(JobState.CANCELLED);
    }

    @Test
    void aFormEndsAJobOnlyWithTheTokenOfItsPage() throws Exception {
        JobId id = submit(me, 0, false);
        var forged = HttpRequest.newBuilder(uri("/jobs/" + id + "/cancel"))
                .header("Cookie", cookie)
                .POST(BodyPublishers.noBody());
        assertThat(client.send(forged.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
        assertThat(post("/jobs/" + id + "/cancel").statusCode()).isEqualTo(302);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED));
        assertThat(get("/jobs/" + id).body()).contains("cancelled");
    }

    @Test
    void theApiTellsWhatAJobIsWhatWentInAndWhatCameOut() throws Exception {
        JobId id = ended(3);
        JsonNode details = json("/api/v1/jobs/" + id);
        assertThat(details.at("/job/state").asString()).isEqualTo("completed");
        assertThat(details.at("/input/lines").asInt()).isEqualTo(3);
        assertThat(details.at("/result/answer").asInt()).isEqualTo(42);
        assertThat(json("/api/v1/jobs/" + id + "/events").at("/items/0/to").asString())
                .isEqualTo("queued");
        JsonNode file = json("/api/v1/jobs/" + id + "/files").at("/items/0");
        assertThat(get(file.get("href").asString()).body()).isEqualTo("result\n");
    }

    @Test
    void endingWhatEndedByItselfIsAConflict() throws Exception {
        assertThat(post("/api/v1/jobs/" + ended(1) + "/cancel").statusCode()).isEqualTo(409);
    }

    @Test
    void theListIsPagedByCursor() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addFirst(submit(me, 0, true).toString());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json("/api/v1/jobs?limit=2" + cursor);
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            cursor = page.has("next") ? "&cursor=" + page.get("next").asString() : null;
        } while (cursor != null);
        assertThat(seen).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "state=done", "cursor=nonsense"})
    void aWrongParameterOfTheListIsRefusedByName(String query) throws Exception {
        var answer = get("/api/v1/jobs?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(answer.body()).at("/errors/0/field").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void aLogIsReadOnFromTheLastLineAndFoundInAndTakenWhole() throws Exception {
        JobId id = ended(1500);
        JsonNode first = json("/api/v1/jobs/" + id + "/log?limit=1000");
        JsonNode rest =
                json("/api/v1/jobs/" + id + "/log?after=" + first.get("next").asLong());
        assertThat(first.get("items").size() + rest.get("items").size()).isEqualTo(1500);
        assertThat(get("/api/v1/jobs/" + id + "/log.txt").body().lines()).hasSize(1500);
        assertThat(get("/jobs/" + id).body()).contains("1000 earlier lines");
        assertThat(get("/jobs/" + id + "?find=" + URLEncoder.encode("LINE 77 OF", StandardCharsets.UTF_8))
                        .body())
                .contains("1 line contains this", "line 77 of")
                .doesNotContain("line 78 of");
    }

    @Test
    void theZipHoldsTheFilesAndCanBeFetchedInParts() throws Exception {
        JobId id = ended(1);
        byte[] whole = bytes("/jobs/" + id + "/zip", null).body();
        var part = bytes("/jobs/" + id + "/zip", "bytes=10-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize(whole.length - 10);
        assertThat(whole).startsWith('P', 'K');
    }

    @Test
    void runningAgainTwiceWithOneKeyGivesOneJob() throws Exception {
        JobId id = ended(1);
        String first = again(id, "key-1");
        assertThat(again(id, "key-1")).isEqualTo(first).isNotEqualTo(id.toString());
        assertThat(again(id, "key-2")).isNotEqualTo(first);
    }

    @Test
    void theLiveStreamTellsLinesAndStateAndTheEnd() throws Exception {
        JobId id = submit(me, 3, false);
        try (var events = new Events("/jobs/" + id + "/live", null)) {
            assertThat(events.until("log").data()).contains("line 1 of");
            assertThat(events.until("job", "\"running\"").data()).contains("running");
            jobs.cancel(id, "test", "enough");
            assertThat(events.until("job", "\"cancelled\"").data()).contains("enough");
            events.until("end");
        }
    }

    @Test
    void aListenerThatComesBackGetsOnlyWhatItMissed() throws Exception {
        JobId id = ended(5);
        String last;
        try (var events = new Events("/jobs/" + id + "/live", null)) {
            last = events.until("log").id();
        }
        long third = Long.parseLong(last) - 2;
        try (var events = new Events("/api/v1/jobs/" + id + "/live", Long.toString(third))) {
            assertThat(events.until("log").data())
                    .contains("line 4 of", "line 5 of")
                    .doesNotContain("line 3 of");
        }
        var nothing = get("/jobs/" + id + "/live", "Last-Event-ID", last);
        assertThat(nothing.statusCode()).as("browsers do not ask again").isEqualTo(204);
    }

    @Test
    void onePersonHasABoundedNumberOfLiveStreams() throws Exception {
        JobId id = submit(me, 1, false);
        List<Events> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(new Events("/jobs/" + id + "/live", null));
            }
            var refused = get("/jobs/" + id + "/live");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            for (Events events : open) {
                events.close();
            }
        }
    }

    @Test
    void theCountInTheTopBarIsThatOfUnfinishedWork() throws Exception {
        submit(me, 0, false);
        assertThat(get("/jobs/count").body()).contains(">1<").doesNotContain("<html");
    }

    @Test
    void searchFindsOwnWorkByItsTitle() throws Exception {
        JobId id = submit(me, 0, true);
        JobId theirs = submit(new Owner("guest:somebody-else"), 0, true);
        assertThat(get("/search?q=calcite+TRIAL").body())
                .contains("/jobs/" + id)
                .doesNotContain("/jobs/" + theirs);
        assertThat(get("/search?q=%3Cscript%3Enothing").body())
                .contains("Nothing has all these words")
                .doesNotContain("<script>n");
    }

    private JobId submit(Owner owner, int lines, boolean end) {
        JobId id =
                jobs.submit(JobRequest.of(TrialHandler.KIND, owner, "Calcite <trial>", TrialHandler.input(lines, end)));
        started.add(id);
        return id;
    }

    private JobId ended(int lines) {
        JobId id = submit(me, lines, true);
        await().atMost(PATIENCE).until(() -> jobs.find(id).orElseThrow().state().isFinal());
        return id;
    }

    private String again(JobId id, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/api/v1/jobs/" + id + "/again"))
                .header("Cookie", cookie)
                .header("X-CSRF-TOKEN", token())
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody());
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        return mapper.readTree(answer.body()).get("id").asString();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).header("Cookie", cookie).header("Accept", "*/*");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> bytes(String path, @Nullable String range) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path)).header("Cookie", cookie);
        if (range != null) {
            request.header("Range", range);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Cookie", cookie)
                .header("X-CSRF-TOKEN", token())
                .POST(BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String token() throws IOException, InterruptedException {
        var found = Pattern.compile("X-CSRF-TOKEN&quot;:&quot;([^&]+)&quot;")
                .matcher(get("/jobs").body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return mapper.readTree(get(path).body());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    record Event(String name, String id, String data) {}

    /** Reads server-sent events one by one. */
    private final class Events implements AutoCloseable {

        private final InputStream body;
        private final BufferedReader lines;

        Events(String path, @Nullable String last) throws IOException, InterruptedException {
            var request =
                    HttpRequest.newBuilder(uri(path)).header("Cookie", cookie).header("Accept", "text/event-stream");
            if (last != null) {
                request.header("Last-Event-ID", last);
            }
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            body = answer.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        Event until(String name, String... containing) throws IOException {
            while (true) {
                Event event = next();
                if (event.name().equals(name) && List.of(containing).stream().allMatch(event.data()::contains)) {
                    return event;
                }
            }
        }

        private Event next() throws IOException {
            String name = "";
            String id = "";
            var data = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty() && !name.isEmpty()) {
                    return new Event(name, id, data.toString());
                }
                if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                }
            }
            throw new AssertionError("The stream ended");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
