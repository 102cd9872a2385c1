package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** What holds for every page, over the wire. */
@GatewayTest
class PagesTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theHomePageHasOneMainAndNothingThatAStrictPolicyForbids() throws Exception {
        var page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body().split("<main", -1)).hasSize(2);
        assertThat(page.body()).contains("Skip to the content").doesNotContain("<style", " style=", "javascript:");
        assertThat(Pattern.compile("<script(?![^>]*\\bsrc=)")
                        .matcher(page.body())
                        .find())
                .as("inline script")
                .isFalse();
        assertThat(Pattern.compile("\\son[a-z]+=").matcher(page.body()).find())
                .as("inline event handler")
                .isFalse();
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
    }

    @Test
    void stylesAndScriptsMayBeKeptForEverBecauseTheirAddressChangesWithThem() throws Exception {
        var link = Pattern.compile("href=\"(/assets/[0-9a-f]{12}/css/base\\.css)\"")
                .matcher(get("/").body());
        assertThat(link.find()).isTrue();
        var style = get(link.group(1));
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=31536000");
        assertThat(get(link.group(1).replace("css/base.css", "js/plots.js")).statusCode())
                .isEqualTo(200);
        assertThat(get("/assets/000000000000/css/base.css").statusCode()).isEqualTo(404);
    }

    @Test
    void aPageItselfIsAskedForAgainAndStaysWithItsReader() throws Exception {
        assertThat(get("/").headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port).resolve(path))
                .header("Accept", "text/html")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
