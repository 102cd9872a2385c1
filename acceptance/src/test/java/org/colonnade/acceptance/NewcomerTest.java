package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A laptop without a mail server: from the empty database to a script that calls the API as an approved user. */
class NewcomerTest {

    private static final String PASSWORD = "four random words here";

    @Test
    void aNewcomerRegistersIsApprovedAndCallsTheApi() throws Exception {
        var secrets = new IssuedSecrets();
        try (Gateway gateway = Gateway.start();
                BrowserContext administrator = secrets.watch(person());
                BrowserContext newcomer = secrets.watch(person())) {
            Page admin = administrator.newPage();
            admin.navigate(Files.readString(gateway.data().resolve("first-administrator.txt"))
                    .strip());
            admin.fill("#name", "Ada");
            admin.fill("#email", "ada@example.edu");
            admin.fill("#password", PASSWORD);
            admin.fill("#repeated", PASSWORD);
            admin.click("main button");
            admin.waitForURL("**/admin/users");

            Page mira = newcomer.newPage();
            mira.navigate(gateway.uri("/register").toString());
            assertAccessible(mira);
            mira.fill("#name", "Mira");
            mira.fill("#email", "mira@example.edu");
            mira.click("main form button");
            mira.waitForSelector("text=mira@example.edu");
            assertAccessible(mira);

            admin.navigate(gateway.uri("/admin/mailbox").toString());
            assertAccessible(admin);
            admin.click("text=Confirm your address");
            assertAccessible(admin);
            String link = admin.locator("a[href*='for=registration']").getAttribute("href");

            mira.navigate(link);
            assertAccessible(mira);
            mira.fill("#password", PASSWORD);
            mira.fill("#repeated", PASSWORD);
            mira.click("main form button");
            mira.waitForURL("**/waiting");
            assertAccessible(mira);

            admin.navigate(gateway.uri("/admin/users?standing=PENDING").toString());
            admin.check("input[aria-label='Choose Mira']");
            admin.click("button[value=ACCEPT]");
            admin.waitForURL("**?done=decided");

            newcomer.clearCookies();
            mira.navigate(gateway.uri("/account/tokens").toString());
            mira.fill("#email", "mira@example.edu");
            mira.fill("#password", PASSWORD);
            mira.click("main form button");
            mira.waitForURL("**/account/tokens");
            mira.fill("#name", "laptop");
            mira.click("text=Make the token");
            String token = mira.locator("#new-token").innerText();

            assertThat(me(gateway, token)).contains("\"name\":\"Mira\"", "\"roles\":[\"user\"]");
            secrets.add("personal token", token);

            // Sessions and tokens outlive the server.
            gateway.kill();
            gateway.restart();
            mira.navigate(gateway.uri("/account/tokens").toString());
            mira.waitForSelector("text=laptop");
            assertThat(me(gateway, token)).contains("\"name\":\"Mira\"");

            assertThat(secrets.kinds()).contains("link", "password", "cookie colonnade-session");
            secrets.assertNoneIn(gateway);
        }
    }

    private static String me(Gateway gateway, String token) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(gateway.uri("/api/v1/me"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static BrowserContext person() {
        return Browser.chromium().newContext(new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
    }

    private static void assertAccessible(Page page) {
        assertThat(Axe.complaints(page)).isEmpty();
    }
}
