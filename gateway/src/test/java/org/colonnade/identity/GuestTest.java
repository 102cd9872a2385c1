package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;

/** Somebody who is not signed in, over the wire. */
@GatewayTest
class GuestTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aPageGivesABrowserACookieThatScriptsCannotReadAndOtherSitesCannotUse() throws Exception {
        var answer = send(request("/api-docs-or-any-page").header("Accept", "text/html"));
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .matches("colonnade-guest=[A-Za-z0-9_-]{43};.*")
                        .contains("Path=/", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void theCookieMakesTheSameGuestAgainWhoseNameDoesNotBetrayIt() throws Exception {
        String cookie = "colonnade-guest=" + "a".repeat(43);
        String first = send(request("/api/v1/me").header("Cookie", cookie)).body();
        String second = send(request("/api/v1/me").header("Cookie", cookie)).body();
        String other = send(request("/api/v1/me").header("Cookie", "colonnade-guest=" + "b".repeat(43)))
                .body();
        assertThat(first).isEqualTo(second).isNotEqualTo(other).contains("\"guest\":true");
        assertThat(first).doesNotContain("aaaaaaaa");
    }

    @Test
    void aScriptWithoutCookiesIsTheSameGuestInEveryCallAndGetsNoCookie() throws Exception {
        var first = send(request("/api/v1/me"));
        var second = send(request("/api/v1/me"));
        assertThat(first.body()).isEqualTo(second.body()).contains("guest:net-");
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aCookieOfTheWrongFormIsNoCookie() throws Exception {
        var answer = send(request("/api/v1/me").header("Cookie", "colonnade-guest=short"));
        assertThat(answer.body()).contains("guest:net-");
    }

    @ParameterizedTest(name = "Sec-Fetch-Site {0}, Origin {1} → {2}")
    @CsvSource({
        "cross-site, , 403",
        "same-site, , 403",
        "something-new, , 403",
        "same-origin, , 404",
        "none, , 404",
        ", https://evil.example, 403",
        ", null, 403",
        ", own, 404",
        ", , 404",
    })
    void aChangeThatAForeignPageAsksForIsRefused(String site, String origin, int status) throws Exception {
        var request = request("/api/v1/no-such-thing").POST(HttpRequest.BodyPublishers.noBody());
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.header("Origin", origin.equals("own") ? "http://localhost:" + port : origin);
        }
        assertThat(send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void aBrowsersCallOfTheApiNeedsTheAntiForgeryTokenAndAScriptsDoesNot() throws Exception {
        var withCookie = request("/api/v1/no-such-thing")
                .header("Cookie", "colonnade-guest=" + "a".repeat(43))
                .POST(HttpRequest.BodyPublishers.noBody());
        var without = request("/api/v1/no-such-thing").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(withCookie).statusCode()).isEqualTo(403);
        assertThat(send(without).statusCode()).isEqualTo(404);
    }

    @Test
    void aFormWithoutCookieOrTokenIsRefused() throws Exception {
        var form = request("/no-such-page").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(form).statusCode()).isEqualTo(403);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
