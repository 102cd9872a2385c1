package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Jobs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The pages as they come from the server, before any script. */
@GatewayTest
class PhreeqcPagesTest {

    @Autowired
    Engines engines;

    @Autowired
    Jobs jobs;

    @Value("${local.server.port}")
    int port;

    private PhreeqcWire wire;

    @BeforeEach
    void open() {
        assumeTrue(engines.missing().isEmpty(), () -> engines.missing().orElse(""));
        wire = new PhreeqcWire(port, "Cookie", "colonnade-guest=" + "p".repeat(43), "Accept", "text/html");
    }

    @AfterEach
    void close() {
        if (wire != null) {
            wire.close();
        }
    }

    @Test
    void theEditorOpensWithAnExampleThatRuns() throws Exception {
        var page = wire.get("/calculators/phreeqc");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("EQUILIBRIUM_PHASES", "Parkhurst", "59373961d648", "name=\"databaseFile\"")
                .doesNotContain(" style=", "<style");
    }

    @Test
    void aPermalinkFillsTheEditorAndItsTextIsNeverMarkup() throws Exception {
        String input = URLEncoder.encode("# <script>alert(1)</script>\nDATABASE x\nSOLUTION 1", StandardCharsets.UTF_8);
        var page = wire.get("/calculators/phreeqc?database=pitzer.dat&input=" + input);
        assertThat(page.body())
                .contains("&lt;script&gt;alert(1)", "DATABASE cannot be used here")
                .doesNotContain("<script>alert");
    }

    @Test
    void aFinishedRunShowsWarningsTableAndPlot() throws Exception {
        String id = send(Examples.find("two-tables").orElseThrow().input());
        wire.ended(id);
        var page = wire.get("/calculators/phreeqc/runs/" + id);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("PHREEQC warned of", "Equivalent wt for alkalinity", "warm-basic.sel", "data-plot=");
        var other = wire.get("/calculators/phreeqc/runs/" + id + "?table=warm-main.sel&x=temp&y=pH");
        assertThat(other.body()).contains("pH against temp");
        var again = wire.get("/calculators/phreeqc?from=" + id);
        assertThat(again.body()).contains("REACTION_TEMPERATURE 1");
    }

    @Test
    void aFailedRunShowsItsErrorFirst() throws Exception {
        String id = send("SOLUTION 1\nEQUILIBRIUM_PHASES 1\n Kryptonite 0 1\nEND\n");
        wire.ended(id);
        var page = wire.get("/calculators/phreeqc/runs/" + id);
        assertThat(page.body()).contains("PHREEQC stopped with an error", "Phase not found in database, Kryptonite.");
    }

    @Test
    void somebodyElsesRunHasNoPage() throws Exception {
        String id = send("SOLUTION 1\nEND\n");
        var page = wire.get("/calculators/phreeqc/runs/" + id, "Cookie", "colonnade-guest=" + "y".repeat(43));
        assertThat(page.statusCode()).isEqualTo(404);
    }

    @Test
    void aRefusedInputStaysInTheEditorWithItsReason() throws Exception {
        var answer = post("SOLUTION 1\nINCLUDE$ /etc/passwd\n");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("error-summary", "line 2: INCLUDE$ cannot be used here", "INCLUDE$ /etc/passwd");
    }

    @Test
    void aRunIsCancelledFromItsPage() throws Exception {
        String id = send(Examples.find("long-column").orElseThrow().input());
        var cancelled = wire.form(
                "/jobs/" + id + "/cancel?own=true", Map.of("_csrf", bytes(token("/calculators/phreeqc/runs/" + id))));
        assertThat(cancelled.statusCode()).isEqualTo(302);
        assertThat(cancelled.headers().firstValue("Location")).hasValue("/calculators/phreeqc/runs/" + id);
        assertThat(wire.ended(id).get("state").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void theLogOfARunIsFollowedLiveAndGoesOnAfterTheLastLineThatWasSeen() throws Exception {
        // given a run that has ended
        String id = send(Examples.find("two-tables").orElseThrow().input());
        wire.ended(id);
        var page = wire.get("/calculators/phreeqc/runs/" + id);
        assertThat(page.body()).contains("data-live=\"/jobs/" + id + "/live\"", "data-reload=\"true\"");
        // when its stream is read from the beginning, and once more after a line in the middle
        var whole = wire.get("/jobs/" + id + "/live", "Accept", "text/event-stream");
        assertThat(whole.body()).contains("event:log", "Beginning of initial solution", "event:end");
        long last = jobs.log(JobId.parse(id), 0, 5000).getLast().sequence();
        var rest = wire.get("/jobs/" + id + "/live", "Accept", "text/event-stream", "Last-Event-ID", "" + (last - 1));
        // then only what follows it comes
        assertThat(rest.body()).contains("\"sequence\":" + last).doesNotContain("\"sequence\":" + (last - 1) + ",");
    }

    @Test
    void twoRunsAreComparedLineByLineAndRowByRow() throws Exception {
        // given
        String input = Examples.find("calcite-co2").orElseThrow().input();
        String first = send(input);
        String second = send(input.replace("temp 25", "temp 40").replace("temp      25", "temp 40") + "# warmer\n");
        wire.ended(first);
        wire.ended(second);
        // when
        var page = wire.get("/calculators/phreeqc/compare?a=" + first + "&b=" + second);
        // then
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("difference-second", "# warmer", "B − A", "data-plot=");
        assertThat(wire.get("/calculators/phreeqc/runs/" + second).body()).contains("value=\"" + first + "\"");
        assertThat(wire.get("/calculators/phreeqc/compare?a=" + first + "&b=" + first)
                        .body())
                .contains("The inputs are the same");
        // and nobody else sees them
        assertThat(wire.get(
                                "/calculators/phreeqc/compare?a=" + first + "&b=" + second,
                                "Cookie",
                                "colonnade-guest=" + "y".repeat(43))
                        .statusCode())
                .isEqualTo(404);
    }

    /** Sends the editor's form, as a browser does, and returns the id of the run. */
    private String send(String input) throws Exception {
        var answer = post(input);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String address = answer.headers().firstValue("Location").orElseThrow();
        return address.substring(address.lastIndexOf('/') + 1);
    }

    private HttpResponse<String> post(String input) throws Exception {
        return wire.form(
                "/calculators/phreeqc",
                Map.of(
                        "_csrf", bytes(token("/calculators/phreeqc")),
                        "input", bytes(input),
                        "database", bytes("phreeqc.dat"),
                        "outputName", bytes(""),
                        "title", bytes(""),
                        "databaseFile/", bytes("")));
    }

    private String token(String page) throws Exception {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(wire.get(page).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
