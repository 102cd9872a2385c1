package org.colonnade.identity.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.colonnade.identity.AuditLog;
import org.colonnade.identity.SentNotifications;
import org.colonnade.identity.TestBrowser;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.Account;
import org.colonnade.identity.account.Accounts;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.identity.account.Standing;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What an administrator does on pages. */
@GatewayTest
class AdministrationTest {

    private static final String PASSWORD = "granite basalt gneiss marble";

    @Value("${local.server.port}")
    int port;

    @Autowired
    Registration registration;

    @Autowired
    Passwords passwords;

    @Autowired
    Roles roles;

    @Autowired
    Accounts accounts;

    @Autowired
    ExternalAccounts external;

    @Autowired
    AuditLog audit;

    @Autowired
    SentNotifications sent;

    private TestBrowser administrator;
    private Account ada;

    @BeforeEach
    void anAdministratorSignsIn() {
        String email = address("ada");
        ada = registration.createApproved("Ada", email, passwords.hash(PASSWORD), "test");
        roles.grantFirst(ada.id());
        administrator = new TestBrowser(port);
        administrator.post("/sign-in", "email", email, "password", PASSWORD);
    }

    @Test
    void severalAreApprovedAtOnceAndEachIsTold() {
        Account mira = applicant("Mira");
        Account noor = applicant("Noor");
        administrator.post(
                "/admin/users",
                "chosen",
                mira.id().toString(),
                "chosen",
                noor.id().toString(),
                "decision",
                "ACCEPT",
                "reason",
                "Welcome");
        for (Account applicant : List.of(mira, noor)) {
            assertThat(standing(applicant)).isEqualTo(Standing.APPROVED);
            assertThat(accounts.history(applicant.id()).getLast().name()).isEqualTo("Ada");
            assertThat(sent.mailsTo(String.valueOf(applicant.email())).getLast().text())
                    .contains("Welcome");
        }
    }

    @Test
    void whereOneMayNotBeDecidedNoneIs() {
        Account mira = applicant("Mira");
        var answer = administrator.post(
                "/admin/users",
                "chosen",
                mira.id().toString(),
                "chosen",
                ada.id().toString(),
                "decision",
                "REJECT");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Nobody decides about their own account.");
        assertThat(standing(mira)).isEqualTo(Standing.PENDING);
        assertThat(administrator.get("/admin/users/" + ada.id()).body()).doesNotContain("value=\"REJECT\"");
    }

    @Test
    void administratorsAreToldWithALinkToAPageThatAsksForAClick() {
        Account mira = applicant("Mira");
        var mail = sent.mailsTo(String.valueOf(ada.email())).getLast();
        assertThat(mail.link()).endsWith("/admin/users/" + mira.id());
        assertThat(mail.actions()).isEmpty();
        // when: a mail scanner, and then the administrator, follow the link
        assertThat(new TestBrowser(port).get("/admin/users/" + mira.id()).statusCode())
                .isEqualTo(302);
        administrator.get("/admin/users/" + mira.id());
        // then
        assertThat(standing(mira)).isEqualTo(Standing.PENDING);
    }

    @Test
    @Asvs("8.3.1")
    void nobodyElseDecidesOrGrantsWhateverTheySend() {
        Account mira = applicant("Mira");
        String email = address("lee");
        registration.createApproved("Lee", email, passwords.hash(PASSWORD), "test");
        var lee = new TestBrowser(port);
        lee.post("/sign-in", "email", email, "password", PASSWORD);
        String page = "/admin/users/" + mira.id();
        assertThat(lee.post(page + "/decision", "decision", "ACCEPT").statusCode())
                .isEqualTo(403);
        assertThat(lee.post(page + "/roles", "role", "admin").statusCode()).isEqualTo(403);
        assertThat(standing(mira)).isEqualTo(Standing.PENDING);
        assertThat(accounts.find(mira.id()).orElseThrow().granted()).isEmpty();
    }

    @Test
    void theAuditLogIsFilteredAndFetchedAsATableThatNoSpreadsheetTakesForFormulas() {
        String target = "test:" + UUID.randomUUID() + "&a=b+c {d}";
        audit.record(ada.visitor(), "test.first", target, AuditLog.Outcome.DONE, "=1+1");
        audit.record(ada.visitor(), "test.second", target, AuditLog.Outcome.REFUSED, "a \"quoted\" word");
        String query = "?target=" + java.net.URLEncoder.encode(target, java.nio.charset.StandardCharsets.UTF_8);
        String page =
                administrator.get("/admin/audit" + query + "&outcome=REFUSED").body();
        assertThat(page).contains("test.second").doesNotContain("test.first");
        // and: the page's own link to the table keeps the filter
        String link = page.replaceAll("(?s).*href=\"([^\"]*audit\\.csv[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        var csv = administrator.get(link);
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body()).contains("\"a \"\"quoted\"\" word\"").doesNotContain("test.first");
        assertThat(administrator.get("/admin/audit.csv" + query).body()).contains("\"'=1+1\"");
    }

    @Test
    void aProviderIsAddedChangedAndSwitchedOffWithoutARestart() {
        String key = "p" + UUID.randomUUID().toString().substring(0, 8);
        // given: a slip
        var slip = administrator.post(
                "/admin/providers",
                "key",
                key,
                "title",
                "Campus",
                "issuer",
                "ftp://x",
                "clientId",
                "id",
                "roles",
                "a=");
        assertThat(slip.statusCode()).isEqualTo(400);
        assertThat(slip.body()).contains("begins with https://", "is not of the form group=role", "value=\"Campus\"");
        // when
        administrator.post(
                "/admin/providers",
                "key",
                key,
                "title",
                "Campus",
                "issuer",
                "https://sso.example.edu/" + key,
                "clientId",
                "id",
                "clientSecret",
                "a very secret client secret",
                "entityIds",
                "https://one.example\nhttps://two.example");
        // then
        assertThat(new TestBrowser(port).get("/sign-in").body()).contains("Campus");
        String edit = administrator.get("/admin/providers?edit=" + key).body();
        assertThat(edit)
                .contains("/sign-in/callback/" + key, "https://two.example", "Change Campus")
                .doesNotContain("a very secret client secret");
        administrator.post("/admin/providers/" + key + "/enabled", "enabled", "false");
        assertThat(new TestBrowser(port).get("/sign-in").body()).doesNotContain("Campus");
    }

    private Standing standing(Account account) {
        return accounts.find(account.id()).orElseThrow().standing();
    }

    private Account applicant(String name) {
        return external.arrive(
                new Claimed("https://issuer.example", UUID.randomUUID().toString(), name, address(name), true),
                "test",
                Set.of());
    }

    private static String address(String name) {
        return name.toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID() + "@example.edu";
    }
}
