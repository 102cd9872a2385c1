package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.FileSystemUtils;

/** What a client sees, over a real connection. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadsTest {

    private static final byte[] CONTENT = content();
    private static final TestDownload DOWNLOAD =
            new TestDownload("Ergebnis ü.bin", "application/octet-stream", CONTENT);
    private static final String ETAG = '"' + DOWNLOAD.etag() + '"';

    @Autowired
    Downloads downloads;

    private HttpClient client;
    private Tomcat tomcat;
    private Path folder;

    @BeforeAll
    void start() throws Exception {
        folder = Files.createTempDirectory("tomcat");
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        var context = tomcat.addContext("", folder.toString());
        add(context, "/whole", (request, response) -> downloads.attach(DOWNLOAD, request, response));
        add(context, "/damaged-early", (request, response) -> downloads.attach(new Damaged(10), request, response));
        add(context, "/damaged-late", (request, response) -> downloads.attach(new Damaged(200_000), request, response));
        tomcat.start();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        tomcat.stop();
        tomcat.destroy();
        FileSystemUtils.deleteRecursively(folder);
    }

    @Test
    void theWholeComesWithEverythingThatAResumptionNeeds() throws Exception {
        var answer = get("/whole");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
        assertThat(header(answer, "ETag")).isEqualTo(ETAG);
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Content-Length")).isEqualTo("300000");
        assertThat(header(answer, "Last-Modified")).isEqualTo("Mon, 04 May 2026 03:02:01 GMT");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Disposition")).contains("filename*=UTF-8''Ergebnis%20%C3%BC.bin");
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws Exception {
        var answer = get("/whole", "Range", "bytes=123456-", "If-Range", ETAG);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes 123456-299999/300000");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 123_456, 300_000));
    }

    @Test
    void aDownloadOfAnotherVersionStartsAgain() throws Exception {
        for (String condition : new String[] {"\"other\"", "W/" + ETAG, "Mon, 04 May 2026 03:02:00 GMT", "nonsense"}) {
            var answer = get("/whole", "Range", "bytes=5-", "If-Range", condition);
            assertThat(answer.statusCode()).as(condition).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(CONTENT);
        }
        assertThat(get("/whole", "Range", "bytes=5-", "If-Range", "Mon, 04 May 2026 03:02:01 GMT")
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void aRangeBehindTheEndIsRefusedWithTheLength() throws Exception {
        var answer = get("/whole", "Range", "bytes=300000-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */300000");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        var answer = get("/whole", "If-None-Match", ETAG);
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(get("/whole", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    }

    @Test
    void headTellsTheSameWithoutContent() throws Exception {
        var answer = client.send(
                request("/whole", "Range", "bytes=5-")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("300000");
        assertThat(header(answer, "ETag")).isEqualTo(ETAG);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void damageThatIsFoundBeforeTheFirstByteIsAnOrdinaryError() throws Exception {
        var answer = get("/damaged-early");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void damageThatIsFoundLaterBreaksTheConnectionSoThatTheClientNotices() {
        assertThatThrownBy(() -> get("/damaged-late")).isInstanceOf(IOException.class);
    }

    private static byte[] content() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private interface Answer {
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private static void add(Context context, String path, Answer answer) {
        Tomcat.addServlet(context, path, new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                answer.write(request, response);
            }
        });
        context.addServletMappingDecoded(path, path);
    }

    /** Fails after some bytes. */
    private record Damaged(int after) implements Download {

        @Override
        public String name() {
            return "damaged";
        }

        @Override
        public String mediaType() {
            return "application/octet-stream";
        }

        @Override
        public long size() {
            return 1_000_000;
        }

        @Override
        public String etag() {
            return "damaged";
        }

        @Override
        public Instant lastModified() {
            return Instant.EPOCH;
        }

        @Override
        public void writeTo(OutputStream out, long from, long to) throws IOException {
            out.write(new byte[after]);
            throw new DamagedContentException(ArtifactId.random(), "changed after it was stored");
        }
    }
}
