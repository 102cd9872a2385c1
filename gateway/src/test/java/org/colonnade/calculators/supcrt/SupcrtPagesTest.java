package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of reactions, without any script's help. */
@GatewayTest
class SupcrtPagesTest {

    private static final String PAGE = "/calculators/supcrt";
    private static final String BOUNDARY = "----colonnade";

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Value("${local.server.port}")
    int port;

    @Value("${colonnade.data}")
    Path data;

    @Autowired
    JsonMapper mapper;

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"temperature", "pressure", "contour", "phases"})
    void everyViewComputesSomethingAtOnce(String view) throws Exception {
        var page = get(PAGE + "?show=" + view);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("data-plot=", "balanced", "what is not known")
                .doesNotContain("error-summary", " style=", "<style");
    }

    @Test
    void thePhaseDiagramOfTheAluminiumSilicatesHasOneTriplePointAndThreeFields() throws Exception {
        var plot = plot(get(PAGE + "?show=phases").body(), 0);
        assertThat(plot.get("marks").valueStream().map(m -> m.get("text").asString()))
                .containsExactlyInAnyOrder("KYANITE", "ANDALUSITE", "SILLIMANITE");
        assertThat(plot.get("series").valueStream().map(s -> s.get("name").asString()))
                .containsExactly(
                        "KYANITE = ANDALUSITE", "ANDALUSITE = SILLIMANITE", "KYANITE = SILLIMANITE", "metastable");
        // Each stable curve has an end that the other two share.
        var corner = drawn(plot, 0).stream()
                .max((a, b) -> Double.compare(a[0], b[0]))
                .orElseThrow();
        for (int curve : new int[] {1, 2}) {
            var end = drawn(plot, curve).stream()
                    .min((a, b) -> Double.compare(a[0], b[0]))
                    .orElseThrow();
            assertThat(end[0]).isCloseTo(corner[0], within(0.01));
            assertThat(end[1]).isCloseTo(corner[1], within(0.2));
        }
    }

    @Test
    void aCurveOfThePhaseDiagramGoesThroughWhatTheSearchFinds() throws Exception {
        // given
        var reaction = "-1 ANDALUSITE; 1 SILLIMANITE";
        var found = mapper.readTree(client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + PAGE))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("""
                                        {"reactions": [{"text": "%s"}],
                                         "grid": {"kind": "isobars", "isopleths": {"min": 2001, "max": 2001},
                                                  "steps": {"min": 600, "max": 900}, "logK": {"min": 0, "max": 0}}}
                                        """.formatted(reaction)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        double celsius = found.at("/curves/0/points/0/found").asDouble();
        // when
        var plot = plot(
                get(PAGE + "?show=phases&from=600&to=900&p_from=1801&p_to=2201&reactions=" + encoded(reaction))
                        .body(),
                0);
        // then
        assertThat(drawn(plot, 0).stream().filter(p -> p[1] == 2001))
                .hasSize(1)
                .allSatisfy(p -> assertThat(p[0]).isCloseTo(celsius, within(1e-5)));
    }

    @Test
    void contoursJoinStatesOfOneValueAndTheTableHasTheNumbers() throws Exception {
        var body =
                get(PAGE + "?show=contour&from=100&to=300&p_from=500&p_to=2500").body();
        var plot = plot(body, 0);
        assertThat(plot.get("series").size()).isBetween(3, 7);
        assertThat(body).contains("class=\"heat-9\"", "class=\"heat-0\"");
        // when: a point of a contour is computed by itself
        var curve = plot.get("series").get(1);
        double level = Double.parseDouble(
                curve.get("name").asString().replace("log K ", "").replace('−', '-'));
        var point = curve.get("points").get(2);
        var answer = mapper.readTree(get("/api/v1/calculators/supcrt?reaction=" + encoded("-1 QUARTZ; 1 SiO2,aq")
                        + "&T_C=" + point.get("x").asString() + "&P_bar="
                        + point.get("y").asString())
                .body());
        // then
        assertThat(answer.get("logK").asDouble()).isCloseTo(level, within(0.002));
    }

    @Test
    void twoDatabasesStandSideBySideWithTheirDifference() throws Exception {
        var folder = Files.createDirectories(data.resolve("databases").resolve("supcrt"));
        Files.write(
                folder.resolve("other.dat"),
                DirectAccessWriter.write(CuratedDatabase.instance().database().species().stream()
                        .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                        .toList()));
        try {
            var body = get(PAGE + "?database2=other").body();
            assertThat(plot(body, 0)
                            .get("series")
                            .valueStream()
                            .map(s -> s.get("name").asString()))
                    .containsExactly(
                            "QUARTZ = SiO2,aq, colonnade",
                            "QUARTZ = SiO2,aq, other",
                            "CALCITE = Ca+2 + CO3-2, colonnade",
                            "CALCITE = Ca+2 + CO3-2, other");
            assertThat(body).contains("How far the databases are apart").doesNotContain("error-summary");
            var csv = get(PAGE + "/export?database2=other&format=csv").body();
            assertThat(csv.lines().filter(l -> l.startsWith("other,"))).hasSize(112);
        } finally {
            Files.delete(folder.resolve("other.dat"));
        }
    }

    @Test
    @Tag("S.2")
    void anExportHasAllDigits() throws Exception {
        var csv = get(PAGE + "/export?format=csv&from=100&to=105&step=5&pressure=500&reactions="
                        + encoded("-1 QUARTZ; 1 SiO2,aq"))
                .body();
        var point = mapper.readTree(
                get("/api/v1/calculators/supcrt?T_C=100&P_bar=500&reaction=" + encoded("-1 QUARTZ; 1 SiO2,aq"))
                        .body());
        assertThat(csv.lines().filter(l -> l.startsWith("colonnade,")))
                .hasSize(2)
                .first()
                .asString()
                .contains("," + point.get("logK").asDouble() + ","
                        + point.get("dG_kJ").asDouble() + ",");
        assertThat(String.valueOf(point.get("logK").asDouble()))
                .startsWith("-2.9377")
                .hasSizeGreaterThan(15);
    }

    @Test
    void anEhPhDiagramIsDrawnFromTheGibbsEnergiesOfTheReactions() throws Exception {
        // given: Fe2O3 + 6 H+ + 2 e- = 2 Fe+2 + 3 H2O, so that log K = 2 log a + 6 pH + 2 pe
        double logK = mapper.readTree(get("/api/v1/calculators/supcrt?T_C=25&P_bar=1&reaction="
                                + encoded("-1 HEMATITE; -6 H+; -2 e-; 2 Fe+2; 3 H2O"))
                        .body())
                .get("logK")
                .asDouble();
        double voltsPerPe = 2.302585 * 1.9872 * 4.184 * 298.15 / 96485.33212;
        // when
        var body = get(PAGE + "/diagrams?element=Fe&only=" + encoded("Fe+2 HEMATITE") + "&dissolved=-6")
                .body();
        var plot = plot(body, 0);
        // then
        assertThat(plot.get("marks").valueStream().map(m -> m.get("text").asString()))
                .containsExactlyInAnyOrder("Fe+2", "HEMATITE");
        assertThat(drawn(plot, 0))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(p -> assertThat(p[1]).isCloseTo(((logK + 12) / 2 - 3 * p[0]) * voltsPerPe, within(1e-6)));
        assertThat(plot.get("series").valueStream().map(s -> s.get("name").asString()))
                .contains("O2/H2O", "H2O/H2");
        assertThat(body)
                .contains("share of the area", "Please cite", "what is not known")
                .doesNotContain("error-summary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?kind=activities", "?element=S&celsius=200", "?element=C&others="})
    void aDiagramComputesSomethingAtOnce(String query) throws Exception {
        var page = get(PAGE + "/diagrams" + query);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("data-plot=").doesNotContain("error-summary", " style=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x_from=5&x_to=2 | must ascend",
                "only=QUARTZ | holds no Fe",
                "only=Fe%2B9 | is not in the database colonnade; nearest are",
                "others=C | is no name with a number after it",
                "fixed=Gold -1 | is not in the database",
                "celsius=400 | bar is needed above 373.917 °C",
            })
    void aDiagramThatCannotBeDrawnSaysWhy(String query, String words) throws Exception {
        assertThat(get(PAGE + "/diagrams?" + query.replace(" ", "+")).body())
                .contains("error-summary")
                .contains(words);
    }

    @Test
    void theBalanceIsToldWhileOneTypesAndOffersItsCompletion() throws Exception {
        var part = get(PAGE + "/balance?reactions="
                        + encoded("-2 FAYALITE; 2 HEMATITE; 2 SiO2,aq\n\n-1 QUARZ; 1 SiO2,aq"))
                .body();
        assertThat(part)
                .contains("id=\"balance\"", "O +2", "-2 H2O", "4 H+", "4 e-", "QUARZ is not in the database colonnade");
        assertThat(part).doesNotContain("<html");
    }

    @Test
    void aSpeciesIsFoundByNameFormulaAndElements() throws Exception {
        assertThat(get(PAGE + "/find?find=quartz").body()).contains("data-species=\"QUARTZ\"");
        assertThat(get(PAGE + "/find?find=CaCO3").body()).contains("data-species=\"CALCITE\"");
        assertThat(get(PAGE + "/find?find=" + encoded("Ca C O")).body())
                .contains("data-species=\"DOLOMITE\"")
                .doesNotContain("QUARTZ");
        assertThat(get(PAGE + "/find?find=unobtainium").body()).contains("No species");
    }

    @Test
    void anotherUnitShowsTheSameStates() throws Exception {
        var celsius = plot(get(PAGE + "?from=25&to=225&step=50&pressure=500").body(), 0);
        var kelvin = plot(
                get(PAGE + "?from=298.15&to=498.15&step=50&pressure=50&unit_T=KELVIN&unit_P=MEGAPASCAL&unit_E=calories")
                        .body(),
                0);
        assertThat(kelvin.at("/x/unit").asString()).isEqualTo("K");
        assertThat(kelvin.at("/series/0/points/2/x").asDouble()).isEqualTo(398.15);
        assertThat(kelvin.at("/series/0/points/2/y").asDouble())
                .isEqualTo(celsius.at("/series/0/points/2/y").asDouble());
    }

    @Test
    void whatIsWrongIsSaidAndNothingTypedIsLost() throws Exception {
        assertThat(get(PAGE + "?from=25,5").body()).contains("has a comma", "value=\"25,5\"");
        assertThat(get(PAGE + "?from=300&to=100").body()).contains("must be above 300");
        assertThat(get(PAGE + "?reactions=" + encoded("-1 QUARZ; 1 SiO2,aq")).body())
                .contains("line 1, column 4: QUARZ is not in the database colonnade; nearest are QUARTZ");
        assertThat(get(PAGE + "?reactions=" + encoded("-1 QUARTZ; 1 Na+")).body())
                .contains("charge +1");
    }

    @Test
    void citationsAreThoseOfTheSpeciesUsed() throws Exception {
        var mineral = get(PAGE + "/export?format=bibtex&show=phases").body();
        assertThat(mineral).contains("@article{HP11,", "Zimmer").doesNotContain("Shock", "Haar");
        assertThat(get(PAGE + "/export?format=ris").body()).contains("AU  - Shock, E. L.", "AU  - Haar, L.");
        assertThat(get(PAGE + "/export?format=text").body()).contains("Holland, T. J. B.");
        assertThat(get(PAGE + "/export?format=xls").statusCode()).isEqualTo(400);
        var iron = PAGE + "/diagrams/export?element=Fe&only=" + encoded("Fe+2 HEMATITE") + "&format=";
        assertThat(get(iron + "bibtex").body())
                .contains("@article{HP11,", "Haar")
                .doesNotContain("Tagirov");
        assertThat(get(iron + "text").body()).contains("Holland, T. J. B.");
        assertThat(get(iron + "xls").statusCode()).isEqualTo(400);
        assertThat(get(PAGE + "/diagrams/export?element=Fe&only=QUARTZ&format=ris")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theOriginalFilesGoOutAndComeInAgainToTheSameTable() throws Exception {
        // given
        var query = "?from=25&to=300&step=25";
        var rxn = get(PAGE + "/reactions.rxn" + query).body();
        var con = get(PAGE + "/states.con" + query).body();
        var out = get(PAGE + "/table.out" + query).body();
        // when
        var page = upload(
                PAGE + "/files",
                Map.of("database", "colonnade", "profile", "compatible", "name", "table"),
                Map.of("rxn", rxn, "con", con));
        // then
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(rows(HtmlUtils.htmlUnescape(page.body()))).isNotEmpty().isEqualTo(rows(out));
        assertThat(page.body()).contains("table.out", "table.kxy", "Plot these reactions");
        var direct = upload("/api/v1/calculators/supcrt/files", Map.of(), Map.of("rxn", rxn, "con", con));
        assertThat(rows(direct.body())).isEqualTo(rows(out));
    }

    @Test
    void aCutFileIsRefusedWithItsLine() throws Exception {
        var rxn = get(PAGE + "/reactions.rxn").body();
        var page = upload(
                PAGE + "/files",
                Map.of("database", "colonnade", "profile", "compatible", "name", "t"),
                Map.of("rxn", rxn.substring(0, rxn.length() - 120)));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("The .rxn file", "line");
    }

    @Test
    void aDatabaseOfAnotherFormatIsRefusedOnThePage() throws Exception {
        var page = upload(PAGE + "/databases", Map.of("name", "mine"), Map.of("file", "SOLUTION_MASTER_SPECIES"));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("role=\"alert\"");
    }

    private static List<String> rows(String table) {
        return table.lines()
                .filter(l -> l.matches("\\s+[-0-9.]+\\s+[-0-9.]+\\s+[-0-9.]+\\s+[-0-9.]+.*"))
                .toList();
    }

    private static List<double[]> drawn(JsonNode plot, int series) {
        var points = new ArrayList<double[]>();
        for (var p : plot.at("/series/" + series + "/points")) {
            if (!p.get("y").isNull()) {
                points.add(new double[] {p.get("x").asDouble(), p.get("y").asDouble()});
            }
        }
        return points;
    }

    private JsonNode plot(String page, int which) {
        var found = Pattern.compile("data-plot=\"([^\"]*)\"").matcher(page);
        for (int i = 0; i <= which; i++) {
            assertThat(found.find()).as(page).isTrue();
        }
        return mapper.readTree(HtmlUtils.htmlUnescape(found.group(1)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> upload(String path, Map<String, String> fields, Map<String, String> files)
            throws Exception {
        var body = new StringBuilder();
        var all = new ArrayList<>(fields.entrySet());
        all.add(Map.entry("_csrf", token(PAGE + "/files")));
        for (var field : all) {
            body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                    + field.getValue() + "\r\n");
        }
        for (var file : files.entrySet()) {
            body.append(
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + file.getKey() + "\"; filename=\""
                            + file.getKey() + "\"\r\nContent-Type: text/plain\r\n\r\n" + file.getValue() + "\r\n");
        }
        body.append("--" + BOUNDARY + "--\r\n");
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept", "text/html,*/*")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(String path) throws Exception {
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get(path).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept", "text/html,*/*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
