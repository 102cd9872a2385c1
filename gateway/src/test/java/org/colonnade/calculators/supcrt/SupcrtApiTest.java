package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SUPCRT over the wire: our API, batches, databases and the js2 front door. */
@GatewayTest
class SupcrtApiTest {

    private static final String API = "/api/v1/calculators/supcrt";
    private static final String QUARTZ = "-1 QUARTZ; 1 SiO2,aq";

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Value("${colonnade.data}")
    Path data;

    @Autowired
    JsonMapper mapper;

    @BeforeEach
    void installAnOperatorsDatabase() throws IOException {
        var folder = Files.createDirectories(data.resolve("databases").resolve("supcrt"));
        var species = CuratedDatabase.instance().database().species().stream()
                .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                .toList();
        Files.write(folder.resolve("dpronsbl.dat"), DirectAccessWriter.write(species));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aPointCarriesValuesFlagAndReferences() throws Exception {
        var answer = json(get(API + "?T_C=300&P_bar=1000&reaction=" + encoded("-1 H2O; 1 H+; 1 OH-")));
        assertThat(answer.get("logK").asDouble()).isBetween(-10.7, -10.5);
        assertThat(answer.get("rho_gcc").asDouble()).isBetween(0.8232, 0.8233);
        assertThat(answer.get("flag").asString()).isEqualTo("OK");
        assertThat(answer.get("references").toString()).contains("Shock, E. L.").contains("10.1016/");
    }

    @Test
    void withoutPressureTheStateIsSaturatedLiquid() throws Exception {
        var answer = json(get(API + "?T_C=200&reaction=" + encoded(QUARTZ)));
        assertThat(answer.get("P_bar").asDouble()).isBetween(15.5, 15.6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 QUARZ; 1 SiO2,aq | 25 | 1 | 422 | line 1, column 4: QUARZ is not in the database colonnade; nearest are QUARTZ",
                "-1 QUARTZ; 1 Na+ | 25 | 1 | 422 | charge +1",
                "-1,QUARTZ; 1 SiO2,aq | 25 | 1 | 422 | part coefficient and name by a blank",
                "-1 QUARTZ; 1 SiO2,aq | NaN | 1 | 400 | T_C",
                "-1 QUARTZ; 1 SiO2,aq | 25 | Infinity | 400 | P_bar",
            })
    void badInputIsRefusedWithItsPlace(String reaction, String t, String p, int status, String words) throws Exception {
        var answer = get(API + "?T_C=" + t + "&P_bar=" + p + "&reaction=" + encoded(reaction));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(v -> assertThat(v).contains("application/problem+json"));
        assertThat(answer.body()).contains(words);
    }

    @Test
    void aGridSharesItsStatesAmongReactions() throws Exception {
        var answer = json(post(API, "application/json", """
                {"reactions": [{"title": "quartz", "text": "-1 QUARTZ; 1 SiO2,aq"},
                               {"text": "-1 CALCITE; 1 Ca+2; 1 CO3-2"}],
                 "grid": {"kind": "isobars", "isopleths": {"min": 500, "max": 1000, "increment": 500},
                          "steps": {"min": 25, "max": 425, "increment": 100}}}
                """));
        assertThat(answer.get("T_C")).hasSize(10);
        assertThat(answer.get("tables")).hasSize(2);
        assertThat(answer.get("tables").get(1).get("flag").get(4).asString()).isEqualTo("G_ONLY");
        assertThat(answer.get("tables").get(1).get("dH_kJ").get(4).isNull()).isTrue();
    }

    @Test
    void univariantCurvesTellWhatWasNotFound() throws Exception {
        var answer = json(post(API, "application/json", """
                {"reactions": [{"text": "-1 QUARTZ; 1 SiO2,aq"}],
                 "grid": {"kind": "isobars", "isopleths": {"min": 500, "max": 500},
                          "steps": {"min": 0, "max": 400}, "logK": {"min": -20, "max": -3, "increment": 17}}}
                """));
        var points = answer.get("curves").get(0).get("points");
        assertThat(points.get(0).get("found").isNull()).isTrue();
        assertThat(points.get(0).get("highestLogK").asDouble()).isGreaterThan(-3);
        assertThat(points.get(1).get("found").asDouble()).isBetween(50.0, 150.0);
    }

    @Test
    void aRangeThatDoesNotDivideSaysTheNearestMaximum() throws Exception {
        var answer = post(API, "application/json", """
                {"reactions": [{"text": "-1 QUARTZ; 1 SiO2,aq"}],
                 "grid": {"kind": "isobars", "isopleths": {"min": 500, "max": 500},
                          "steps": {"min": 25, "max": 110, "increment": 50}}}
                """);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("nearest maximum is 75");
    }

    @Test
    void oneBadRowOfABatchFailsNoOther() throws Exception {
        var csv = "\uFEFFid,reaction,T_C,P_bar\r\n"
                + "a,\"-1 QUARTZ; 1 SiO2,aq\",25,1\r\n"
                + "b,\"-1 QUARZ; 1 SiO2,aq\",25,1\r\n"
                + "c,\"-1 QUARTZ; 1 SiO2,aq\",\"25,5\",1\r\n"
                + "d,\"-1 QUARTZ; 1 SiO2,aq\",25\r\n"
                + "e," + "x".repeat(200_000) + ",25,1\n"
                + "f,\"-1 HALITE; 1 Na+\",25,1\n"
                + "g,\"-1 HALITE; 1 Na+; 1 Cl-\",550,500\n";
        var rows = post(API + "/batch?profile=consistent", "text/csv", csv)
                .body()
                .lines()
                .toList();
        assertThat(rows.getFirst())
                .isEqualTo("id,reaction,T_C,P_bar,logK,dG_kJ,dH_kJ,dS_J_K,dCp_J_K,dV_J_bar,flag,status,message");
        assertThat(rows).hasSize(8);
        assertThat(rows.get(1))
                .startsWith("a,\"-1 QUARTZ; 1 SiO2,aq\",25,1,-3.7")
                .endsWith(",OK,ok,");
        assertThat(rows.get(2)).contains(",error,").contains("QUARZ is not in the database");
        assertThat(rows.get(3)).contains(",error,").contains("T_C");
        assertThat(rows.get(4)).contains("The row has 3 cells where the header has 4");
        assertThat(rows.get(5)).contains("has more than");
        assertThat(rows.get(6)).contains(",error,").contains("Cl");
        assertThat(rows.get(7)).endsWith(",BEYOND_AQ,ok,");
    }

    @Test
    void aBatchWithoutItsColumnsIsRefused() throws Exception {
        var answer = post(API + "/batch", "text/csv", "a,b\n1,2\n");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The column reaction is missing");
    }

    @Test
    void completionAndPhreeqcLinesAreText() throws Exception {
        var answer = json(get(API + "/complete?reaction=" + encoded("-1 CALCITE; 1 Ca+2; 1 HCO3-")));
        assertThat(answer.get("completed").asString()).isEqualTo("-1 CALCITE; 1 Ca+2; 1 HCO3-; -1 H+");
        assertThat(get(API + "/phreeqc?reaction=" + encoded(QUARTZ)).body()).contains("-analytic", "largest error");
    }

    @Test
    void anUploadedDatabaseBelongsToItsOwnerAlone() throws Exception {
        var halite = CuratedDatabase.instance().database().find("HALITE").orElseThrow();
        var upload = multipart(
                API + "/databases",
                Map.of("name", "tiny"),
                "file",
                "tiny.dat",
                DirectAccessWriter.write(List.of(halite)));
        assertThat(upload.statusCode()).as(text(upload)).isIn(201, 409);
        var query = API + "?T_C=25&P_bar=1&database=tiny&allowUnbalanced=true&reaction=" + encoded("1 HALITE");
        assertThat(get(query).statusCode()).isEqualTo(200);
        var somebodyElse = request(query).header("Cookie", "colonnade-guest=" + "s".repeat(43));
        var refused = client.send(somebodyElse.build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("There is no database")
                .contains("tiny")
                .contains("colonnade, dpronsbl");
        var cut = multipart(API + "/databases", Map.of("name", "cut"), "file", "cut.dat", new byte[300]);
        assertThat(cut.statusCode()).isEqualTo(422);
    }

    @Test
    void theFrontDoorRunsAFormAndGivesItsFiles() throws Exception {
        var fields = Map.of(
                "outputFile", "quartz!",
                "slopFile", "dpronsbl",
                "kalFormatOption", "1",
                "reactionOption", "1",
                "reaction", "-1 QUARTZ\r\n1 SiO2,aq\r\n\r\n-1 H2O\r\n1 H+\r\n1 OH-",
                "solventPhase", "0",
                "independentStateVar", "1",
                "univariantCurveOption", "1",
                "tabulationBaricOption", "0",
                "tableIncrement", "0");
        var all = new HashMap<>(fields);
        all.put("isobarsRange", "500,1000,500");
        all.put("tempRange", "25,425,100");
        var submitted = multipart("/api/supcrtbl", all, null, "", new byte[0]);
        assertThat(submitted.statusCode()).as(text(submitted)).isEqualTo(200);
        var id = mapper.readTree(submitted.body()).at("/data/experiment_id").asString();
        assertThat(json(get("/api/supcrtbl/status/" + id)).at("/data/status").asString())
                .isEqualTo("completed");
        var names = new ArrayList<String>();
        json(get("/api/supcrtbl/result/" + id))
                .get("data")
                .forEach(f -> names.add(f.get("filename").asString()));
        assertThat(names).containsExactlyInAnyOrder("quartz.con", "quartz.rxn", "quartz.out");
        var zip = client.send(request("/api/supcrtbl/download/" + id).build(), BodyHandlers.ofByteArray());
        var entries = new ArrayList<String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry.getName());
            }
        }
        assertThat(entries.toString()).contains("quartz.kxy", "quartz.out");
        assertThat(get("/api/supcrtbl/logs/" + id).body()).contains("slopFile: dpronsbl");
    }

    @Test
    void theFrontDoorRefusesInItsClientsShape() throws Exception {
        var missing = multipart("/api/supcrtbl", Map.of("outputFile", "x"), null, "", new byte[0]);
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(text(missing)).contains("\"detail\"", "\"missing\"", "\"slopFile\"", "Field required");
        var unsupported = multipart(
                "/api/supcrtbl",
                Map.of(
                        "outputFile", "x",
                        "slopFile", "other",
                        "kalFormatOption", "0",
                        "reactionOption", "1",
                        "solventPhase", "1"),
                null,
                "",
                new byte[0]);
        assertThat(unsupported.statusCode()).isEqualTo(400);
        assertThat(text(unsupported)).contains("\"status_code\":400", "dpronsbl_ree");
        assertThat(get("/api/supcrtbl/status/none").body()).contains("not_found");
        assertThat(get("/api/supcrtbl/result/none").statusCode()).isEqualTo(404);
        assertThat(get("/api/species?query=supcrtbl").body()).contains("\"species\":[", "\"QUARTZ\"");
        assertThat(get("/api/species?query=supcrtbl_ree").statusCode()).isEqualTo(503);
    }

    @Test
    void thePageShowsBalancePlotAndFiles() throws Exception {
        var opened = get("/calculators/supcrt");
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("data-plot=", "balanced", "-analytic");
        var query = "?from=25&to=300&step=25&pressure=&database=colonnade&profile=consistent&reactions="
                + encoded("-1 QUARTZ\n1 SiO2,aq\n\n-1 CALCITE\n1 Ca+2\n1 HCO3-\n\n-1 quarz");
        var page = get("/calculators/supcrt" + query).body();
        assertThat(page).contains("Completed with H2O, H+ and e-", "-1 CALCITE; 1 Ca+2; 1 HCO3-; -1 H+");
        assertThat(page).contains("line 1, column 4: quarz is not in the database");
        var good = query.replace(encoded("\n\n-1 CALCITE\n1 Ca+2\n1 HCO3-\n\n-1 quarz"), "");
        assertThat(get("/calculators/supcrt/table.out" + good).body()).contains("REACTION   1", "TEMP(degC)");
        assertThat(get("/calculators/supcrt/reactions.rxn" + good).body()).contains("QUARTZ");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return mapper.readTree(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> multipart(
            String path, Map<String, String> fields, @Nullable String file, String fileName, byte[] content)
            throws Exception {
        var boundary = "colonnadetest";
        var body = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, field.getKey(), field.getValue())
                    .getBytes(StandardCharsets.UTF_8));
        }
        if (file != null) {
            body.writeBytes(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                            .formatted(boundary, file, fileName)
                            .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        var request = request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
