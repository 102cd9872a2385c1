package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signing in at a real provider with a real browser, from the empty database on. The steps follow one another: what one
 * person does is there for the next.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakTest {

    private static final String ADMIN_PASSWORD = "gneiss marble granite basalt";

    private static final IssuedSecrets SECRETS = new IssuedSecrets();

    private static Gateway gateway;
    private static Keycloak keycloak;
    private static BrowserContext administrator;

    @BeforeAll
    static void start() throws Exception {
        int port = Keycloak.freePort();
        gateway = Gateway.start(
                provider("one", "title", "Institute One"),
                provider("one", "issuer", Keycloak.issuer(port, "one")),
                provider("one", "client-id", "colonnade"),
                provider("one", "client-secret", Keycloak.CLIENT_SECRET),
                provider("one", "groups-claim", "groups"),
                provider("one", "roles[0]", "gateway-administrators=admin"),
                provider("two", "title", "Institute Two"),
                provider("two", "issuer", Keycloak.issuer(port, "two")),
                provider("two", "client-id", "colonnade"),
                provider("two", "client-secret", Keycloak.CLIENT_SECRET));
        keycloak = Keycloak.start(port, gateway.uri("").toString());
        administrator = newContext();
    }

    private static String provider(String key, String name, String value) {
        return "--colonnade.identity.providers." + key + "." + name + "=" + value;
    }

    @AfterAll
    static void stop() {
        if (administrator != null) {
            administrator.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    @Order(1)
    void whoeverReadsTheDataFolderBecomesTheFirstAdministratorOnce() throws Exception {
        String link = Files.readString(gateway.data().resolve("first-administrator.txt"))
                .strip();
        Page page = administrator.newPage();
        page.navigate(link);
        assertAccessible(page);
        page.fill("#name", "Ada");
        page.fill("#email", "admin@example.edu");
        page.fill("#password", ADMIN_PASSWORD);
        page.fill("#repeated", ADMIN_PASSWORD);
        page.click("main button");
        page.waitForURL("**/admin/users");
        assertAccessible(page);
        assertThat(gateway.data().resolve("first-administrator.txt")).doesNotExist();
        assertThat(page.navigate(link).status()).isEqualTo(404);
        page.close();
    }

    @Test
    @Order(2)
    void aPersonFromAProviderWaitsUntilAnAdministratorAcceptsAndThenHasTheRoleOfTheGroup() {
        try (BrowserContext mira = newContext()) {
            Page page = signIn(mira, "Institute One", "mira");
            page.waitForURL("**/waiting");
            assertAccessible(page);
            assertThat(page.navigate(url("/admin/users")).status()).isEqualTo(403);
            accept("mira Example");
            page.navigate(url("/account"));
            assertThat(page.locator("main").innerText()).contains("admin");
            assertAccessible(page);
            assertThat(page.navigate(url("/admin/users")).status()).isEqualTo(200);
        }
    }

    @Test
    @Order(3)
    void theSameAddressAtAnotherProviderIsAnotherAccountThatIsNotApproved() {
        try (BrowserContext other = newContext()) {
            Page page = signIn(other, "Institute Two", "mira");
            page.waitForURL("**/waiting");
            assertThat(page.navigate(url("/admin/users")).status()).isEqualTo(403);
        }
        Page users = administrator.newPage();
        users.navigate(url("/admin/users?q=mira@example.edu"));
        assertThat(users.locator("tbody tr").count()).isEqualTo(2);
        users.close();
    }

    @Test
    @Order(4)
    void anUnconfirmedAddressLinksNothing() {
        try (BrowserContext eve = newContext()) {
            Page page = signIn(eve, "Institute One", "eve");
            page.waitForURL("**/waiting");
            assertThat(page.navigate(url("/admin/users")).status()).isEqualTo(403);
            page.navigate(url("/account"));
            assertThat(page.locator("main").innerText()).doesNotContain("Change the password");
        }
        Page users = administrator.newPage();
        users.navigate(url("/admin/users?q=admin@example.edu"));
        assertThat(users.locator("tbody").innerText()).contains("Ada").contains("(not confirmed)");
        users.close();
    }

    @Test
    @Order(5)
    void signingOutEndsTheSessionAtTheProviderToo() {
        try (BrowserContext mira = newContext()) {
            Page page = signIn(mira, "Institute One", "mira");
            page.waitForURL(url("/"));
            page.navigate(url("/account"));
            page.click("#sign-out button");
            page.waitForURL("**/sign-in?done=signed-out");
            page.click("text=Institute One");
            // The provider asks for the password again.
            page.waitForSelector("#kc-login");
        }
    }

    @Test
    @Order(6)
    void aSecondProviderIsAddedOnlyFromInsideASession() {
        try (BrowserContext ada = newContext()) {
            Page page = ada.newPage();
            page.navigate(url("/sign-in"));
            page.fill("#email", "admin@example.edu");
            page.fill("#password", ADMIN_PASSWORD);
            page.click("main form button");
            page.waitForURL(url("/"));
            page.navigate(url("/account"));
            page.click("text=Add Institute Two");
            authenticate(page, "eve");
            page.waitForURL("**/account?done=linked");
        }
        try (BrowserContext again = newContext()) {
            Page page = signIn(again, "Institute Two", "eve");
            page.waitForURL(url("/"));
            page.navigate(url("/account"));
            assertThat(page.inputValue("#name")).isEqualTo("Ada");
        }
    }

    @Test
    @Order(7)
    void newKeysAtTheProviderAreLearned() throws Exception {
        keycloak.rotateKeys("one");
        try (BrowserContext mira = newContext()) {
            Page page = signIn(mira, "Institute One", "mira");
            page.waitForURL(url("/"));
        }
    }

    @Test
    @Order(8)
    void aTokenMadeOnThePageCallsTheApi() throws Exception {
        Page page = administrator.newPage();
        page.navigate(url("/account/tokens"));
        assertAccessible(page);
        page.fill("#name", "laptop");
        page.click("text=Make the token");
        String token = page.locator("#new-token").innerText();
        page.click("text=Make a refresh token");
        String refresh = page.locator("#new-refresh-token").innerText();
        SECRETS.add("personal token", token);
        SECRETS.add("refresh token", refresh);
        SECRETS.add("access token", accessToken(refresh));
        assertThat(get("/api/v1/me", token).body()).contains("Ada");
        for (String path : List.of("/account/sessions", "/admin/roles", "/admin/providers", "/admin/audit")) {
            assertThat(page.navigate(url(path)).status()).isEqualTo(200);
            assertAccessible(page);
        }
        page.close();
    }

    @Test
    @Order(9)
    void whatTheProviderSaysAboutSomebodyIsNoAccessToken() throws Exception {
        String idToken = SECRETS.one("id_token_hint");
        assertThat(get("/api/v1/me", idToken).statusCode()).isEqualTo(401);
    }

    @Test
    @Order(10)
    void aProviderThatIsDownIsSaidSoAndPasswordsStillWork() throws Exception {
        keycloak.kill();
        try (BrowserContext somebody = newContext()) {
            Page page = somebody.newPage();
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> get("/sign-in/with/one", "").statusCode() == 502);
            page.navigate(url("/sign-in/with/one"));
            assertThat(page.locator("h1").innerText()).isEqualTo("The provider does not answer");
            assertAccessible(page);
            page.navigate(url("/sign-in"));
            assertAccessible(page);
            page.fill("#email", "admin@example.edu");
            page.fill("#password", ADMIN_PASSWORD);
            page.click("main form button");
            page.waitForURL(url("/"));
        }
    }

    @Test
    @Order(11)
    void noLogHoldsAnySecretThatWasIssued() throws Exception {
        SECRETS.add("client secret", Keycloak.CLIENT_SECRET);
        assertThat(SECRETS.kinds())
                .contains(
                        "password",
                        "_csrf",
                        "link",
                        "code",
                        "state",
                        "nonce",
                        "id_token_hint",
                        "cookie colonnade-session",
                        "cookie colonnade-guest",
                        "personal token",
                        "refresh token",
                        "access token");
        SECRETS.assertNoneIn(gateway);
    }

    private static BrowserContext newContext() {
        // Without motion, so that no colour is looked at in the middle of a change.
        return SECRETS.watch(
                Browser.chromium().newContext(new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE)));
    }

    private static Page signIn(BrowserContext context, String provider, String user) {
        Page page = context.newPage();
        page.navigate(url("/sign-in"));
        page.click("text=" + provider);
        authenticate(page, user);
        return page;
    }

    private static void authenticate(Page page, String user) {
        page.waitForSelector("#username");
        page.fill("#username", user);
        page.fill("#password", Keycloak.PASSWORD);
        page.click("#kc-login");
    }

    private static void accept(String name) {
        Page page = administrator.newPage();
        page.navigate(url("/admin/users?standing=PENDING"));
        page.click("text=" + name);
        page.click("button[value=ACCEPT]");
        page.waitForURL("**?done=decided");
        page.close();
    }

    /** As a client of ServiceX fetches it. */
    private static String accessToken(String refresh) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.uri("/api/v1/token/refresh"))
                .header("Authorization", "Bearer " + refresh)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JsonMapper.shared().readTree(answer).get("access_token").asString();
        }
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.uri(path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertAccessible(Page page) {
        assertThat(Axe.complaints(page)).isEmpty();
    }

    private static String url(String path) {
        return gateway.uri(path).toString();
    }
}
