package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.colonnade.identity.ApiRoutes.Person;
import org.colonnade.identity.ApiRoutes.Route;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What every route of the API that takes a body says to one that makes no sense, even to an administrator's. */
@GatewayTest
class WrongRequestsTest {

    private static final String JSON = "application/json";
    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    @LocalServerPort
    private int port;

    @Autowired
    ApiRoutes routes;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Roles roles;

    private final HttpClient http = HttpClient.newHttpClient();
    private Person administrator;

    @BeforeEach
    void anAdministratorAsks() {
        var claimed = new Claimed("https://wrong.example", UUID.randomUUID().toString(), "Ada", null, false);
        roles.grantFirst(external.arriveApproved(claimed, "wrong", Set.of()).id());
        administrator = routes.person(external.arriveApproved(claimed, "wrong", Set.of()));
    }

    @Test
    void brokenJsonIsRefusedWithThePlaceWhereItBreaks() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Route route : withBody()) {
            if (route.type().equals(JSON)) {
                var answer = send(route, JSON, "{\n  \"name\": nonsense }");
                if (answer.statusCode() != 400 || !PLACE.matcher(answer.body()).find()) {
                    wrong.add(route + " answers " + answer.statusCode() + " " + answer.body());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void contentOfAnotherTypeIsRefusedWithTheTypesThatAreRead() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Route route : withBody()) {
            var answer = send(route, "application/x-unheard-of", "anything");
            if (answer.statusCode() != 415 || !answer.body().contains(route.type())) {
                wrong.add(route + " answers " + answer.statusCode() + " " + answer.body());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The announcement alone is enough: nobody waits for what will not be read. */
    @Test
    void anEnormousBodyIsRefusedBeforeItIsSent() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Route route : withBody()) {
            String status = announce(route, 4_000_000_000L);
            if (!status.startsWith("HTTP/1.1 413")) {
                wrong.add(route + " answers " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private List<Route> withBody() throws IOException, InterruptedException {
        List<Route> all = routes.all(port).stream()
                .filter(route -> route.path().startsWith("/api/v1/") && route.takesBody())
                .toList();
        assertThat(all).hasSizeGreaterThan(20);
        return all;
    }

    private HttpResponse<String> send(Route route, String type, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + route.with(routes.examples(route))))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + administrator.token())
                        .method(route.method(), BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String announce(Route route, long length) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                %s %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: %s\r
                Content-Length: %d\r
                \r
                """.formatted(
                            route.method(),
                            route.with(routes.examples(route)),
                            administrator.token(),
                            route.type(),
                            length)
                    .getBytes(StandardCharsets.US_ASCII));
            return ""
                    + new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine();
        } catch (SocketTimeoutException e) {
            return "nothing";
        }
    }
}
