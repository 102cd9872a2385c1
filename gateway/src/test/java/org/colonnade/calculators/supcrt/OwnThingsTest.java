package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.identity.TestBrowser;
import org.colonnade.identity.account.Passwords;
import org.colonnade.identity.account.Registration;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Databases and runs of files that people keep: whose they are, how long, and how one gets rid of them. */
@GatewayTest
class OwnThingsTest {

    private static final String PAGE = "/calculators/supcrt";
    private static final String PASSWORD = "an old brine, well kept";

    @Value("${local.server.port}")
    int port;

    @Autowired
    Registration registration;

    @Autowired
    Passwords passwords;

    @Autowired
    Artifacts artifacts;

    @Autowired
    FileRuns runs;

    @Autowired
    OwnDatabases databases;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatAGuestKeptBelongsToTheAccountAfterSigningIn() throws Exception {
        // given: an account that has a database of the same name
        String email = UUID.randomUUID() + "@example.org";
        registration.createApproved("Ada", email, passwords.hash(PASSWORD), "test");
        var before = signedIn(email);
        upload(before, "mine");
        // and: a guest who keeps a run, a database and a run of files
        var guest = new TestBrowser(port);
        guest.get("/calculators");
        guest.post(
                "/calculators/saved", "calculator", "co2", "name", "Deep well", "query", "T_K=300&P_bar=100&mNaCl=1");
        upload(guest, "mine");
        upload(guest, "mine-2");
        String run = computed(guest);
        String cookie = guest.cookies().get("colonnade-guest");
        // when
        guest.post("/sign-in", "email", email, "password", PASSWORD);
        // then
        assertThat(guest.get("/calculators/saved").body()).contains("Deep well");
        assertThat(guest.get(PAGE + "/databases").body()).contains(">mine<", ">mine-2<", ">mine-3<");
        assertThat(guest.get(run).statusCode()).isEqualTo(200);
        assertThat(guest.get(PAGE + "?database=mine-3&reactions=-1+HALITE%3B+1+HALITE")
                        .statusCode())
                .isEqualTo(200);
        // and: whoever kept the guest's cookie has nothing of it any more
        var earlier = new TestBrowser(port);
        earlier.cookies().put("colonnade-guest", cookie);
        assertThat(earlier.get("/calculators/saved").body()).contains("Nothing saved yet");
        assertThat(earlier.get(PAGE + "/databases").body()).doesNotContain(">mine");
        assertThat(earlier.get(run).statusCode()).isEqualTo(404);
    }

    @Test
    void aRunOfFilesIsListedAndDeletedByItsOwnerAlone() throws Exception {
        var owner = new TestBrowser(port);
        owner.get(PAGE + "/files");
        String run = computed(owner);
        String id = run.substring(run.lastIndexOf('/') + 1);
        assertThat(owner.get(PAGE + "/files").body()).contains(id);
        // when somebody else tries
        var other = new TestBrowser(port);
        other.get(PAGE + "/files");
        assertThat(other.get(run).statusCode()).isEqualTo(404);
        assertThat(other.get(run + "/supcrt.out").statusCode()).isEqualTo(404);
        assertThat(other.post(run + "/delete").statusCode()).isEqualTo(404);
        // then nothing happened
        assertThat(owner.get(run).statusCode()).isEqualTo(200);
        // when its owner deletes it
        assertThat(owner.post(run + "/delete").statusCode()).isEqualTo(302);
        // then record and files are gone
        assertThat(owner.get(run).statusCode()).isEqualTo(404);
        assertThat(artifacts.list("supcrt-run:" + id)).isEmpty();
    }

    @Test
    void aDatabaseIsDeletedByItsOwnerAloneOnThePageAndByTheApi() throws Exception {
        var owner = new TestBrowser(port);
        owner.get(PAGE + "/databases");
        upload(owner, "one");
        upload(owner, "two");
        var other = new TestBrowser(port);
        other.get(PAGE + "/databases");
        assertThat(other.post(PAGE + "/databases/one/delete").statusCode()).isEqualTo(404);
        assertThat(owner.post(PAGE + "/databases/one/delete").statusCode()).isEqualTo(302);
        assertThat(deletedByApi(owner, "two").statusCode()).isEqualTo(204);
        assertThat(deletedByApi(owner, "two").statusCode()).isEqualTo(404);
        assertThat(deletedByApi(owner, "colonnade").statusCode())
                .as("what everybody uses is nobody's to delete")
                .isEqualTo(404);
        assertThat(owner.get(PAGE + "/databases").body()).doesNotContain(">one<", ">two<");
    }

    @Test
    void whatIsPastItsRetentionGoesAndTheRestStays() throws Exception {
        // given an old and a new one of each
        var owner = new TestBrowser(port);
        owner.get(PAGE + "/files");
        String old = computed(owner);
        String young = computed(owner);
        upload(owner, "unused");
        upload(owner, "used");
        jdbc.sql("update calculators.file_run set created_at = now() - interval '31 days' where id = :id")
                .param("id", UUID.fromString(old.substring(old.lastIndexOf('/') + 1)))
                .update();
        jdbc.sql("update calculators.own_database set used_at = now() - interval '364 days' where name = 'used'")
                .update();
        assertThat(owner.get(PAGE + "?database=used&reactions=-1+HALITE%3B+1+HALITE")
                        .statusCode())
                .isEqualTo(200);
        jdbc.sql("update calculators.own_database set used_at = now() - interval '366 days' where name = 'unused'")
                .update();
        // when
        assertThat(runs.deleteOlderThan(Duration.ofDays(30))).isOne();
        assertThat(databases.deleteUnused(Duration.ofDays(2))).isOne();
        // then
        assertThat(owner.get(old).statusCode()).isEqualTo(404);
        assertThat(owner.get(young).statusCode()).isEqualTo(200);
        assertThat(owner.get(PAGE + "/databases").body()).contains(">used<").doesNotContain(">unused<");
    }

    private TestBrowser signedIn(String email) {
        var browser = new TestBrowser(port);
        browser.post("/sign-in", "email", email, "password", PASSWORD);
        return browser;
    }

    private void upload(TestBrowser browser, String name) throws Exception {
        var halite = CuratedDatabase.instance().database().find("HALITE").orElseThrow();
        var answer = form(
                browser,
                PAGE + "/databases",
                Map.of("name", name),
                Map.of("file", DirectAccessWriter.write(List.of(halite))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    /** The address of a run of original files. */
    private String computed(TestBrowser browser) throws Exception {
        byte[] rxn = browser.get(PAGE + "/reactions.rxn").body().getBytes(StandardCharsets.UTF_8);
        var answer = form(
                browser,
                PAGE + "/files",
                Map.of("database", "colonnade", "profile", "compatible", "name", "supcrt"),
                Map.of("rxn", rxn));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static HttpResponse<String> deletedByApi(TestBrowser browser, String name) {
        return browser.send(browser.request("/api/v1/calculators/supcrt/databases/" + name)
                .header("X-CSRF-TOKEN", browser.forgeryToken())
                .DELETE());
    }

    private static HttpResponse<String> form(
            TestBrowser browser, String path, Map<String, String> fields, Map<String, byte[]> files) throws Exception {
        var body = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            body.write(part(field.getKey(), "", field.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        for (var file : files.entrySet()) {
            body.write(part(file.getKey(), "; filename=\"" + file.getKey() + "\"", file.getValue()));
        }
        body.write("--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return browser.send(browser.request(path)
                .header("Accept", "text/html")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("X-CSRF-TOKEN", browser.forgeryToken())
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static byte[] part(String name, String file, byte[] content) throws Exception {
        var part = new ByteArrayOutputStream();
        part.write(("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        part.write(content);
        part.write("\r\n".getBytes(StandardCharsets.UTF_8));
        return part.toByteArray();
    }
}
