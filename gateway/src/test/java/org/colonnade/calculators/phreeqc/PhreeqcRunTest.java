package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** A run from submission to download, as a script sees it. */
@GatewayTest
class PhreeqcRunTest {

    private static final String SMALL = "SOLUTION 1\n pH 7\n Na 1\n Cl 1\nEND\n";

    @Autowired
    Engines engines;

    @Value("${local.server.port}")
    int port;

    private PhreeqcWire wire;

    @BeforeEach
    void open() {
        assumeTrue(engines.missing().isEmpty(), () -> engines.missing().orElse(""));
        wire = new PhreeqcWire(port);
    }

    @AfterEach
    void close() {
        if (wire != null) {
            wire.close();
        }
    }

    @Test
    void calciteDissolvesAndEverythingTheRunLeftCanBeFetched() throws Exception {
        // given
        String id = wire.submit(example("calcite-co2"), "phreeqc.dat");
        // when
        JsonNode run = wire.ended(id);
        // then
        assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.get("database").get("sha256").asString()).startsWith("59373961d648");
        var output = wire.get(path(id, "/output"));
        assertThat(output.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(output.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(output.body()).contains("End of Run after").doesNotContain("/tmp", "/job", "/engine");
        // and a part of it, for whoever was interrupted
        var part = wire.get(path(id, "/output"), "Range", "bytes=100-199");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(output.body().substring(100, 200));
        // and its table
        String csv =
                wire.get(path(id, "/tables/calcite.sel"), "Accept", "text/csv").body();
        assertThat(csv.lines().findFirst().orElseThrow()).isEqualTo("pH,Ca,C(4),si_Calcite,si_CO2(g)");
        assertThat(csv).contains("8.27867", "7.29532");
        // and the zip
        assertThat(zip(id)).containsKeys("calcite.sel", "output.txt", "input.pqi");
        assertThat(zip(id).get("output.txt")).isEqualTo(output.body());
        // and the log
        assertThat(wire.get(path(id, "/log")).body()).contains("Reading input data for simulation 2.");
    }

    @Test
    void aMisspeltKeywordIsShownAsAWarning() throws Exception {
        JsonNode run = wire.ended(wire.submit("SOLUTON 1\n pH 7\nEND\n", "phreeqc.dat"));
        assertThat(run.get("state").asString()).isEqualTo("COMPLETED");
        assertThat(run.get("warnings").toString()).contains("Unknown input, no keyword has been specified.");
    }

    @Test
    void anUnknownPhaseFailsWithTheFirstErrorAndTheOutputStaysAvailable() throws Exception {
        String id = wire.submit(resource("unknown-names.pqi"), "phreeqc.dat");
        JsonNode run = wire.ended(id);
        assertThat(run.get("state").asString()).isEqualTo("FAILED");
        assertThat(run.get("sentence").asString()).isEqualTo("ERROR: Phase not found in database, Kryptonite.");
        assertThat(run.get("warnings").toString()).contains("Could not find element in database, Unobtainium.");
        assertThat(wire.get(path(id, "/output")).body()).contains("Calculations terminating due to input errors.");
    }

    @Test
    @Tag("G.25")
    void aLongRunIsCancelledWithinFiveSecondsAndTheServerAnswersMeanwhile() throws Exception {
        // given
        String id = wire.submit(example("long-column"), "phreeqc.dat");
        wire.until(id, List.of("RUNNING"));
        // when
        long[] polls = new long[21];
        for (int i = 0; i < polls.length; i++) {
            long before = System.nanoTime();
            assertThat(wire.get("/api/phreeqc/status/" + id).body()).contains("running");
            polls[i] = System.nanoTime() - before;
        }
        Arrays.sort(polls);
        assertThat(Duration.ofNanos(polls[polls.length / 2])).as("median").isLessThan(Duration.ofMillis(200));
        long asked = System.nanoTime();
        assertThat(wire.post(path(id, "/cancel"), Map.of()).body()).contains("\"cancelled\":true");
        // then
        assertThat(wire.ended(id).get("state").asString()).isEqualTo("CANCELLED");
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(id))) {
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
            Thread.sleep(20);
        }
    }

    @Test
    @Tag("G.30")
    void twoSubmissionsInOneMomentAreTwoRunsAndTheSameKeyIsTheSameRun() throws Exception {
        String first = wire.submit(SMALL, "phreeqc.dat");
        String second = wire.submit(SMALL, "phreeqc.dat");
        assertThat(first).isNotEqualTo(second);
        var body = Map.of("input", SMALL);
        String[] key = {"Idempotency-Key", "key-" + first};
        String third = PhreeqcWire.json(wire.post(PhreeqcWire.API + "/runs", body, key))
                .get("id")
                .asString();
        assertThat(PhreeqcWire.json(wire.post(PhreeqcWire.API + "/runs", body, key))
                        .get("id")
                        .asString())
                .isEqualTo(third);
        assertThat(wire.post(PhreeqcWire.API + "/runs", Map.of("input", SMALL + "# other"), key)
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    @Tag("G.30")
    void somebodyElsesRunIsNotThere() throws Exception {
        String id = wire.submit(SMALL, "phreeqc.dat");
        String[] other = {"Cookie", "colonnade-guest=" + "x".repeat(43)};
        for (String part : List.of("", "/output", "/log", "/zip", "/tables", "/input")) {
            assertThat(wire.get(path(id, part), other).statusCode()).as(part).isEqualTo(404);
        }
        assertThat(wire.get("/api/phreeqc/status/" + id, other).body()).contains("not_found");
        assertThat(wire.get("/api/phreeqc/download/" + id, other).statusCode()).isEqualTo(404);
        assertThat(wire.get(path("not-an-id", "")).statusCode()).isEqualTo(404);
    }

    @Test
    void aDatabaseOfOnesOwnIsUsedAndAnInputCanBeRunAgain() throws Exception {
        // given
        byte[] own = """
            SOLUTION_MASTER_SPECIES
            H H+ -1 H 1.008
            H(0) H2 0 H
            H(1) H+ -1 0
            E e- 1 0 0
            O H2O 0 O 16
            O(0) O2 0 O
            O(-2) H2O 0 0
            SOLUTION_SPECIES
            H+ = H+
            e- = e-
            H2O = H2O
            H2O = OH- + H+
            log_k -14
            2 H2O = O2 + 4 H+ + 4 e-
            log_k -86.08
            2 H+ + 2 e- = H2
            log_k -3.15
            END
            """.getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> form = new LinkedHashMap<>();
        form.put("input/water.pqi", "SOLUTION 1\n pH 7\nEND\n".getBytes(StandardCharsets.UTF_8));
        form.put("databaseFile/mine.dat", own);
        form.put("outputName", "water.out".getBytes(StandardCharsets.UTF_8));
        // when
        var answer = wire.form(PhreeqcWire.API + "/runs", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = PhreeqcWire.json(answer).get("id").asString();
        JsonNode run = wire.ended(id);
        // then
        assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.get("database").get("name").asString()).isEqualTo("mine.dat");
        assertThat(run.get("files").toString()).contains("water.out").doesNotContain("mine.dat");
        // and when
        var again = wire.post(path(id, "/rerun"), Map.of());
        // then
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(wire.ended(PhreeqcWire.json(again).get("id").asString())
                        .get("state")
                        .asString())
                .isEqualTo("COMPLETED");
    }

    @Test
    void badInputIsRefusedWithThePlaceThatIsWrong() throws Exception {
        var path = wire.post(PhreeqcWire.API + "/runs", Map.of("input", "SELECTED_OUTPUT\n -file /etc/evil\n"));
        assertThat(path.statusCode()).isEqualTo(400);
        assertThat(path.body()).contains("line 2: -file takes a plain file name");
        for (var body : List.of(
                Map.of(),
                Map.of("input", ""),
                Map.of("input", SMALL, "database", "phreeqc2.dat"),
                Map.of("input", SMALL, "outputName", "../evil"),
                Map.of("input", SMALL, "outputName", "errors.txt"),
                Map.of("input", SMALL, "ownDatabase", Map.of("name", "a/b.dat", "content", "x")))) {
            var answer = wire.post(PhreeqcWire.API + "/runs", body);
            assertThat(answer.statusCode()).as(body.toString()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .contains("problem+json");
        }
    }

    @Test
    void databasesAndExamplesAreListedAndAnInputCanBeCheckedWithoutRunning() throws Exception {
        assertThat(wire.get(PhreeqcWire.API).body()).contains("\"available\":true");
        assertThat(wire.get(PhreeqcWire.API + "/databases").body())
                .startsWith("[{\"name\":\"phreeqc.dat\"")
                .contains("llnl.dat")
                .doesNotContain("Concrete");
        assertThat(wire.get(PhreeqcWire.API + "/examples").body()).contains("calcite-co2");
        var check = wire.post(
                PhreeqcWire.API + "/check",
                Map.of("input", "SOLUTION 1\n temp 500\nINCLUDE$ x\n", "database", "llnl.dat"));
        assertThat(check.body()).contains("\"line\":2", "500 °C is outside", "\"line\":3", "\"refused\":true");
    }

    private static String path(String id, String part) {
        return PhreeqcWire.API + "/runs/" + id + part;
    }

    private static String example(String name) {
        return Examples.find(name).orElseThrow().input();
    }

    private static String resource(String name) throws Exception {
        try (var content = PhreeqcRunTest.class.getResourceAsStream("/phreeqc/" + name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> zip(String id) throws Exception {
        var found = new HashMap<String, String>();
        try (var zip = new ZipInputStream(
                new ByteArrayInputStream(wire.bytes(path(id, "/zip")).body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                found.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
