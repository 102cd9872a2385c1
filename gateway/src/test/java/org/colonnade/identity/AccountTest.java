package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.Onboarding;
import org.colonnade.identity.account.OneTimeLinks.Purpose;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.identity.account.Standing;
import org.colonnade.identity.key.Secrets;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The way from a stranger to an approved user, over the wire. */
@GatewayTest
class AccountTest {

    private static final String PASSWORD = "granite basalt gneiss marble";

    private static @Nullable String hash;

    @Value("${local.server.port}")
    int port;

    @Autowired
    SentNotifications sent;

    @Autowired
    Accounts accounts;

    @Autowired
    Registration registration;

    @Autowired
    Passwords passwords;

    @Autowired
    Onboarding onboarding;

    @Autowired
    Roles roles;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Jobs jobs;

    @Test
    @Asvs({"6.4.1", "7.6.2"})
    void aStrangerBecomesAnApprovedUser() {
        // given
        var browser = new TestBrowser(port);
        String email = newAddress();
        // when
        assertThat(register(browser, email).statusCode()).isEqualTo(200);
        var chosen = follow(browser, email);
        // then
        assertThat(location(chosen)).isEqualTo("/waiting");
        Account pending = accounts.findLocal(email).orElseThrow();
        assertThat(pending.standing()).isEqualTo(Standing.PENDING);
        assertThat(me(browser)).contains("\"roles\":[]");
        // when
        onboarding.decide(Visitor.SYSTEM, pending.id(), Onboarding.Decision.ACCEPT, "welcome");
        // then
        assertThat(me(browser)).contains("\"roles\":[\"user\"]").contains("user:" + pending.id());
        assertThat(sent.mailsTo(email).getLast().subject()).isEqualTo("Your account is approved");
        assertThat(accounts.history(pending.id()).stream().map(Accounts.Change::after))
                .containsExactly(
                        Standing.REGISTERED, Standing.VERIFIED, Standing.COMPLETE, Standing.PENDING, Standing.APPROVED);
    }

    @Test
    @Asvs("6.4.1")
    void aLinkWorksOnceAndLookingAtItDoesNotUseItUp() {
        var browser = new TestBrowser(port);
        String email = newAddress();
        register(browser, email);
        String link = sent.lastLink(email);
        browser.get(link);
        browser.get(link);
        assertThat(follow(browser, email).statusCode()).isEqualTo(302);
        assertThat(registration.holder(Purpose.REGISTRATION, link.substring(link.indexOf("link=") + 5)))
                .isEmpty();
    }

    @Test
    void whoRegistersAKnownAddressSeesTheSameAndItsHolderIsTold() {
        Account known = approved(newAddress());
        var browser = new TestBrowser(port);
        String stranger = newAddress();
        var forKnown = register(browser, email(known));
        var forStranger = register(browser, stranger);
        assertThat(forKnown.statusCode()).isEqualTo(forStranger.statusCode());
        assertThat(plain(forKnown, email(known))).isEqualTo(plain(forStranger, stranger));
        assertThat(sent.mailsTo(email(known)).getLast().subject()).isEqualTo("You already have an account");
        assertThat(accounts.findLocal(email(known)).orElseThrow().name()).isEqualTo(known.name());
    }

    @Test
    @Asvs({"7.2.1", "7.2.2", "7.2.3", "7.4.1"})
    void signingInGivesANewSessionThatSurvivesNoSignOut() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        assertThat(location(signIn(browser, email(account), PASSWORD))).isEqualTo("/");
        String secret = browser.cookies().get("colonnade-session");
        assertThat(browser.cookies()).containsOnlyKeys("colonnade-session");
        assertThat(me(browser)).contains("user:" + account.id());
        browser.post("/sign-out");
        browser.cookies().put("colonnade-session", secret);
        assertThat(me(browser)).contains("\"guest\":true");
    }

    @Test
    @Asvs("7.2.4")
    void aSecondSignInDoesNotReuseTheSecretOfTheFirst() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        String first = browser.cookies().get("colonnade-session");
        signIn(browser, email(account), PASSWORD);
        assertThat(browser.cookies().get("colonnade-session")).isNotEqualTo(first);
        browser.cookies().put("colonnade-session", first);
        assertThat(me(browser)).contains("\"guest\":true");
    }

    @Test
    @Asvs("6.3.1")
    void guessingGetsSlowerAndTheRightPasswordHasToWaitToo() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        for (int i = 0; i < 6; i++) {
            assertThat(signIn(browser, email(account), "wrong " + i).statusCode())
                    .isEqualTo(401);
        }
        // A second would be over before a busy machine tries again.
        jdbc.sql("""
                update identity.throttle
                set blocked_until = blocked_until + interval '1 minute'
                where key = :key and attempts = 6
                """)
                .param("key", "GUESS:" + Secrets.digest(email(account) + " from 127.0.0.1"))
                .update();
        var refused = signIn(browser, email(account), PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(auditOf(account)).contains("identity.sign-in REFUSED Wrong address or password");
    }

    @Test
    void anUnknownAddressAndAWrongPasswordGetTheSameAnswer() {
        Account account = approved(newAddress());
        String stranger = newAddress();
        var known = signIn(new TestBrowser(port), email(account), "wrong password");
        var unknown = signIn(new TestBrowser(port), stranger, "wrong password");
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(401);
        assertThat(plain(unknown, stranger)).isEqualTo(plain(known, email(account)));
    }

    @Test
    @Asvs({"7.4.2", "7.4.5"})
    void aRejectedAccountCannotSignInAndItsSessionsEnd() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        onboarding.decide(Visitor.SYSTEM, account.id(), Onboarding.Decision.REJECT, "");
        assertThat(me(browser)).contains("\"guest\":true");
        assertThat(signIn(browser, email(account), PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    @Asvs({"6.4.3", "7.4.3"})
    void aNewPasswordByMailEndsAllSessions() {
        Account account = approved(newAddress());
        var elsewhere = new TestBrowser(port);
        signIn(elsewhere, email(account), PASSWORD);
        var browser = new TestBrowser(port);
        browser.post("/forgot", "email", email(account));
        String next = "another four random words";
        var answer = browser.post(sent.lastLink(email(account)), "password", next, "repeated", next);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(me(elsewhere)).contains("\"guest\":true");
        assertThat(signIn(new TestBrowser(port), email(account), PASSWORD).statusCode())
                .isEqualTo(401);
        assertThat(signIn(new TestBrowser(port), email(account), next).statusCode())
                .isEqualTo(302);
    }

    @Test
    @Asvs("7.5.1")
    void anAddressChangesOnlyWhenBothAgreed() {
        Account account = approved(newAddress());
        String next = newAddress();
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        var asked = browser.post("/account/email", "email", next, "confirmation", PASSWORD);
        assertThat(location(asked)).isEqualTo("/account?done=address");
        var stranger = new TestBrowser(port);
        stranger.post(sent.lastLink(next));
        assertThat(accounts.findLocal(next)).isEmpty();
        stranger.post(sent.lastLink(email(account)));
        assertThat(accounts.findLocal(next).map(Account::id)).contains(account.id());
        assertThat(accounts.findLocal(email(account))).isEmpty();
    }

    @Test
    void whatAGuestStartedBelongsToTheAccountAfterTheFirstSignIn() {
        // given: a guest's job
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        browser.get("/");
        String guest = JsonMapper.shared().readTree(me(browser)).get("owner").asString();
        assertThat(guest).startsWith("guest:");
        String cookie = browser.cookies().get("colonnade-guest");
        JobId job = jobs.submit(JobRequest.of("phreeqc", new Owner(guest), "Brine", "{}"));
        // when
        signIn(browser, email(account), PASSWORD);
        // then
        assertThat(jobs.find(job).orElseThrow().owner()).isEqualTo(account.owner());
        assertThat(browser.send(browser.request("/api/v1/jobs/" + job).GET()).statusCode())
                .isEqualTo(200);
        // and: whoever kept the guest's cookie has nothing of it any more
        var earlier = new TestBrowser(port);
        earlier.cookies().put("colonnade-guest", cookie);
        assertThat(earlier.send(earlier.request("/api/v1/jobs/" + job).GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void afterSigningInOneIsWhereOneWantedToBe() {
        Account account = approved(newAddress());
        var answer = new TestBrowser(port)
                .post("/sign-in", "email", email(account), "password", PASSWORD, "next", "/jobs?state=running");
        assertThat(location(answer)).isEqualTo("/jobs?state=running");
    }

    @Test
    @Asvs("10.3.2")
    void aPersonalTokenSpeaksForItsOwnerWithinItsScopesUntilItIsRevoked() {
        Account account = approved(newAddress());
        roles.grantFirst(account.id());
        var script = new TestBrowser(port);
        String basic =
                Base64.getEncoder().encodeToString((email(account) + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var created = script.send(script.request("/api/v1/tokens")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"laptop\", \"days\": 1}")));
        assertThat(created.statusCode()).isEqualTo(201);
        String token = created.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        String id = created.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(bearer(token, "/api/v1/me").body())
                .contains("user:" + account.id())
                .contains("\"roles\":[\"user\"]");
        var changing = script.send(script.request("/api/v1/tokens/" + id)
                .header("Authorization", "Bearer " + token)
                .DELETE());
        assertThat(changing.statusCode()).isEqualTo(403);
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        assertThat(browser.post("/account/tokens/" + id + "/revoke").statusCode())
                .isEqualTo(302);
        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenMakesNoFurtherTokens() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        String basic =
                Base64.getEncoder().encodeToString((email(account) + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var script = new TestBrowser(port);
        String token = script.send(script.request("/api/v1/tokens")
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\",\"days\":1,\"scopes\":[\"WRITE\"]}")))
                .body()
                .replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        var second = script.send(script.request("/api/v1/tokens")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"b\",\"days\":1}")));
        assertThat(second.statusCode()).isEqualTo(403);
    }

    @Test
    @Asvs({"6.2.2", "6.2.3"})
    void aPasswordChangesOnlyWithThePresentOne() {
        Account account = approved(newAddress());
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        String next = "quite another passphrase";
        assertThat(browser.post("/account/password", "present", "not it at all", "password", next, "repeated", next)
                        .statusCode())
                .isEqualTo(400);
        assertThat(location(browser.post("/account/password", "present", PASSWORD, "password", next, "repeated", next)))
                .isEqualTo("/account?done=password");
        assertThat(signIn(new TestBrowser(port), email(account), next).statusCode())
                .isEqualTo(302);
    }

    @Test
    @Asvs({"7.3.1", "7.3.2"})
    void aSessionEndsWithoutUseAndInAnyCase() {
        Account account = approved(newAddress());
        var idle = new TestBrowser(port);
        signIn(idle, email(account), PASSWORD);
        jdbc.sql("update identity.session set last_seen_at = now() - interval '7 days' where account = :id")
                .param("id", account.id())
                .update();
        assertThat(me(idle)).contains("\"guest\":true");
        var old = new TestBrowser(port);
        signIn(old, email(account), PASSWORD);
        jdbc.sql("update identity.session set expires_at = now() where account = :id")
                .param("id", account.id())
                .update();
        assertThat(me(old)).contains("\"guest\":true");
    }

    @Test
    @Asvs({"7.5.2", "8.2.2"})
    void peopleEndTheirOwnSessionsAndNobodyElses() {
        Account account = approved(newAddress());
        var here = new TestBrowser(port);
        var there = new TestBrowser(port);
        signIn(here, email(account), PASSWORD);
        signIn(there, email(account), PASSWORD);
        String page = here.get("/account/sessions").body();
        String other = page.replaceAll("(?s).*/account/sessions/([0-9a-f-]{36})/end.*", "$1");
        var eve = new TestBrowser(port);
        signIn(eve, email(approved(newAddress())), PASSWORD);
        assertThat(eve.post("/account/sessions/" + other + "/end").statusCode()).isEqualTo(404);
        assertThat(me(there)).contains("\"guest\":false");
        assertThat(here.post("/account/sessions/" + other + "/end").statusCode())
                .isEqualTo(302);
        assertThat(me(there)).contains("\"guest\":true");
        assertThat(me(here)).contains("\"guest\":false");
    }

    @Test
    void everyPageOfAnAccountAndOfAnAdministratorOpens() {
        Account account = approved(newAddress());
        roles.grantFirst(account.id());
        var browser = new TestBrowser(port);
        signIn(browser, email(account), PASSWORD);
        register(new TestBrowser(port), newAddress());
        for (String path : List.of(
                "/account",
                "/account/tokens",
                "/account/sessions",
                "/admin/users",
                "/admin/users?q=mira&standing=PENDING",
                "/admin/users/" + account.id(),
                "/admin/roles",
                "/admin/providers",
                "/admin/audit",
                "/admin/audit?action=identity.&outcome=DONE&since=2026-01-01",
                "/admin/audit.csv")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of("/sign-in", "/register", "/forgot", "/address?side=old&link=x")) {
            assertThat(new TestBrowser(port).get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(browser.get("/admin/audit.csv").body()).contains("\"identity.sign-in\"");
    }

    @Test
    @Asvs("8.2.1")
    void administratorsPagesAreRefusedOnAPageToOthersAndAskGuestsToSignIn() {
        var browser = new TestBrowser(port);
        signIn(browser, email(approved(newAddress())), PASSWORD);
        var refused = browser.get("/admin/users");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Your account may not do this");
        assertThat(location(new TestBrowser(port).get("/admin/users"))).isEqualTo("/sign-in?next=%2Fadmin%2Fusers");
    }

    @Test
    @Asvs({"6.2.6", "6.2.7"})
    void passwordsAreMaskedAndPasswordManagersAreWelcome() {
        assertThat(new TestBrowser(port).get("/sign-in").body())
                .contains("type=\"password\"", "autocomplete=\"current-password\"", "autocomplete=\"username\"")
                .doesNotContain("onpaste");
    }

    @Test
    void theAuditLogCannotBeChangedOrEmptied() {
        approved(newAddress());
        assertThat(catchThrowable(() ->
                        jdbc.sql("update identity.audit_entry set who = ''").update()))
                .hasMessageContaining("append-only");
        assertThat(catchThrowable(
                        () -> jdbc.sql("truncate identity.audit_entry").update()))
                .hasMessageContaining("append-only");
    }

    private HttpResponse<String> bearer(String token, String path) {
        var script = new TestBrowser(port);
        return script.send(
                script.request(path).header("Authorization", "Bearer " + token).GET());
    }

    private Account approved(String email) {
        Account account = registration.createApproved("Mira", email, hash(), "test");
        return accounts.find(account.id()).orElseThrow();
    }

    /** Hashed once for all tests of this class: the slowness is what they need least. */
    private String hash() {
        if (hash == null) {
            hash = passwords.hash(PASSWORD);
        }
        return hash;
    }

    private static String email(Account account) {
        return String.valueOf(account.email());
    }

    private static HttpResponse<String> register(TestBrowser browser, String email) {
        return browser.post("/register", "name", "Mira", "email", email);
    }

    private HttpResponse<String> follow(TestBrowser browser, String email) {
        return browser.post(sent.lastLink(email), "password", PASSWORD, "repeated", PASSWORD);
    }

    private static HttpResponse<String> signIn(TestBrowser browser, String email, String password) {
        return browser.post("/sign-in", "email", email, "password", password);
    }

    /** A page without what differs in every answer. */
    private static String plain(HttpResponse<String> response, String email) {
        return response.body()
                .replace(email, "X")
                .replaceAll("name=\"_csrf\" value=\"[^\"]*\"|hx-headers=(\"[^\"]*\"|'[^']*')", "");
    }

    private static String me(TestBrowser browser) {
        return browser.send(browser.request("/api/v1/me").GET()).body();
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("status " + response.statusCode());
    }

    private String auditOf(Account account) {
        return String.join(
                "\n",
                jdbc.sql("select action || ' ' || outcome || ' ' || detail from identity.audit_entry where target = :t")
                        .param("t", account.target())
                        .query((row, n) -> row.getString(1))
                        .list());
    }

    private static String newAddress() {
        return "mira-" + UUID.randomUUID() + "@example.edu";
    }
}
