package org.colonnade.calculators.js2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.colonnade.calculators.phreeqc.Engines;
import org.colonnade.calculators.phreeqc.Examples;
import org.colonnade.calculators.phreeqc.PhreeqcWire;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** What a script for the js2 gateway sees. */
@GatewayTest
class PhreeqcDoorTest {

    @Autowired
    Engines engines;

    @Autowired
    Artifacts artifacts;

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
    @Tag("G.23")
    void aRunGoesFromSubmittedToCompletedAndGivesResultAndZip() throws Exception {
        // when
        String id = submit(Examples.find("calcite-co2").orElseThrow().input());
        JsonNode status = ended(id);
        // then
        assertThat(status.get("status").asString()).isEqualTo("completed");
        assertThat(status.get("message").asString()).isEqualTo("Process completed successfully");
        assertThat(status.get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
        JsonNode result = data("/api/phreeqc/result/" + id);
        assertThat(result.get("results").asString()).contains("End of Run after");
        assertThat(result.get("truncated").asBoolean()).isFalse();
        assertThat(result.get("file_size_bytes").asLong())
                .isEqualTo(result.get("results").asString().getBytes(StandardCharsets.UTF_8).length);
        var download = wire.bytes("/api/phreeqc/download/" + id);
        assertThat(download.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("my output.zip");
        assertThat(files(download.body()))
                .containsOnlyKeys("calcite.sel", "my output", "manifest-sha256.txt")
                .hasEntrySatisfying("calcite.sel", table -> assertThat(table).contains("8.27867", "7.29532"));
    }

    @Test
    @Tag("G.24")
    void aFailedRunSaysWhyAndItsOutputCanBeDownloaded() throws Exception {
        String id = submit("SOLUTION 1\n pH 7\nEQUILIBRIUM_PHASES 1\n Kryptonite 0 1\nEND\n");
        JsonNode status = ended(id);
        assertThat(status.get("status").asString()).isEqualTo("error");
        assertThat(status.get("message").asString())
                .isEqualTo("Process failed with error: ERROR: Phase not found in database, Kryptonite.");
        JsonNode result = data("/api/phreeqc/result/" + id);
        assertThat(result.get("status").asString()).isEqualTo("error");
        assertThat(result.get("message").asString()).isEqualTo("Job is not yet completed");
        assertThat(files(wire.bytes("/api/phreeqc/download/" + id).body())).containsKey("my output");
    }

    @Test
    @Tag("G.29")
    void aLongOutputIsCutAfter512000CharactersWithANote() throws Exception {
        // given: a completed run whose output is replaced by one of exactly 600,000 bytes
        String id = submit("SOLUTION 1\nEND\n");
        ended(id);
        artifacts.deleteGroup("job:" + id);
        artifacts.store(
                "job:" + id,
                "my output",
                "text/plain",
                new ByteArrayInputStream("x".repeat(600_000).getBytes(StandardCharsets.US_ASCII)),
                600_000);
        // when
        JsonNode result = data("/api/phreeqc/result/" + id);
        // then
        assertThat(result.get("results").asString())
                .hasSize(512_000 + 87)
                .endsWith("x\n\n[...Output truncated. File is 0.57 MB. Use the Download button to get the full file.]");
        assertThat(result.get("truncated").asBoolean()).isTrue();
        assertThat(result.get("file_size_bytes").asLong()).isEqualTo(600_000);
    }

    @Test
    void anUnknownIdIsNotAnErrorExceptForTheDownload() throws Exception {
        assertThat(wire.get("/api/phreeqc/status/1747527439").body())
                .isEqualTo("{\"data\":{\"status\":\"not_found\",\"message\":\"Experiment not"
                        + " found\",\"experiment_id\":\"1747527439\"}}");
        assertThat(data("/api/phreeqc/result/1747527439").get("status").asString())
                .isEqualTo("not_found");
        var download = wire.get("/api/phreeqc/download/1747527439");
        assertThat(download.statusCode()).isEqualTo(404);
        assertThat(download.body()).isEqualTo("{\"status_code\":404,\"message\":\"Experiment files not found!\"}");
    }

    @Test
    @Tag("G.31")
    void errorsHaveThatGatewaysShapeAndWords() throws Exception {
        assertRefused(
                form("SOLUTION 1\nEND\n", "out", "phreeqc2.dat"),
                400,
                "'phreeqc2.dat' is not a supported database file!");
        assertRefused(form("SOLUTION 1\nEND\n", "out", null), 400, "'None' is not a supported database file!");
        var missing = wire.form("/api/phreeqc", Map.of("outputFileName", bytes("out")));
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(PhreeqcWire.json(missing)
                        .get("detail")
                        .get(0)
                        .get("loc")
                        .get(1)
                        .asString())
                .isEqualTo("inputFile");
        var evil = wire.form("/api/phreeqc", form("DATABASE /etc/passwd\nSOLUTION 1\nEND\n", "out", "phreeqc.dat"));
        assertThat(evil.statusCode()).isEqualTo(400);
        assertThat(PhreeqcWire.json(evil).get("message").asString()).contains("line 1");
        var latin = new LinkedHashMap<>(form("", "out", "phreeqc.dat"));
        latin.put("inputFile/in.pqi", "TITLE Größe\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(wire.form("/api/phreeqc", latin).statusCode()).isEqualTo(400);
        assertThat(wire.form("/api/phreeqc", form("SOLUTION 1\nEND\n", "..", "phreeqc.dat"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(wire.get("/api/phreeqc/no/such/path").body()).contains("\"status_code\":404");
    }

    private void assertRefused(Map<String, byte[]> form, int status, String message) throws Exception {
        var answer = wire.form("/api/phreeqc", form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"status_code\":%d,\"message\":\"%s\"}".formatted(status, message));
    }

    private String submit(String input) throws Exception {
        var answer = wire.form("/api/phreeqc", form(input, "my output", "phreeqc.dat"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode data = PhreeqcWire.json(answer).get("data");
        assertThat(data.get("status").asString()).isEqualTo("submitted");
        return data.get("experiment_id").asString();
    }

    private JsonNode ended(String id) throws Exception {
        wire.ended(id);
        return data("/api/phreeqc/status/" + id);
    }

    private JsonNode data(String path) throws Exception {
        var answer = wire.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return PhreeqcWire.json(answer).get("data");
    }

    private static Map<String, byte[]> form(String input, String output, @Nullable String database) {
        Map<String, byte[]> form = new LinkedHashMap<>();
        form.put("inputFile/my input.pqi", bytes(input));
        form.put("outputFileName", bytes(output));
        if (database != null) {
            form.put("dataFileChoice", bytes(database));
        }
        return form;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> files(byte[] archive) throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
