package org.colonnade.identity.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.colonnade.identity.StatelessPaths;
import org.colonnade.identity.TestBrowser;
import org.colonnade.identity.key.Secrets;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every form and every changing call that a browser could be made to send, found in the server's own table of routes. */
@GatewayTest
class ForgeryTest {

    private record Route(String method, String path) {}

    @Value("${local.server.port}")
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    List<StatelessPaths> stateless;

    @Test
    void noRouteTakesAChangeFromABrowserWithoutTheTokenOfItsOwnPage() {
        for (Route route : changes()) {
            assertThat(ask(route, false)).as("%s without a token", route).isEqualTo(403);
        }
    }

    @Test
    void noRouteTakesAChangeThatAnotherSiteCausedEvenWithTheToken() {
        for (Route route : changes()) {
            for (String site : List.of("cross-site", "same-site", "a-new-kind-of-site")) {
                assertThat(ask(route, true, "Sec-Fetch-Site", site))
                        .as("%s from %s", route, site)
                        .isEqualTo(403);
            }
            assertThat(ask(route, true, "Origin", "https://evil.example"))
                    .as("%s from an old browser on another site", route)
                    .isEqualTo(403);
        }
    }

    /** What is for scripts only takes no word from cookies instead. */
    private List<Route> changes() {
        List<Route> routes = new ArrayList<>();
        mappings.getHandlerMethods()
                .forEach((mapping, handler) -> mapping.getMethodsCondition().getMethods().stream()
                        .filter(method -> !List.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS)
                                .contains(method))
                        .flatMap(method ->
                                paths(mapping.getPatternValues().stream()).map(path -> new Route(method.name(), path)))
                        .filter(route -> stateless.stream()
                                .noneMatch(paths ->
                                        paths.covers(new MockHttpServletRequest(route.method(), route.path()))))
                        .forEach(routes::add));
        assertThat(routes).hasSizeGreaterThan(30).anyMatch(route -> route.path().equals("/account/password"));
        return routes;
    }

    private static Stream<String> paths(Stream<String> patterns) {
        return patterns.map(
                pattern -> pattern.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()));
    }

    private int ask(Route route, boolean token, String... header) {
        var browser = new TestBrowser(port);
        browser.cookies().put("colonnade-guest", Secrets.random());
        var request = browser.request(route.path())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(route.method(), BodyPublishers.ofString("x=1"));
        if (token) {
            request.header("X-CSRF-TOKEN", browser.forgeryToken());
        }
        if (header.length > 0) {
            request.header(header[0], header[1]);
        }
        return browser.send(request).statusCode();
    }
}
