package org.colonnade.calculators.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of the calculators, without any script's help. */
@GatewayTest
class CalculatorPagesTest {

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Value("${local.server.port}")
    int port;

    @Autowired
    JsonMapper mapper;

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"co2", "h2s", "rates"})
    void everyPageComputesSomethingAtOnce(String name) throws Exception {
        var page = get("/calculators/" + name);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("id=\"result\"", "data-plot=", "what is not known")
                .doesNotContain("error-summary", " style=", "<style");
    }

    @Test
    void theListLeadsToEveryCalculator() throws Exception {
        assertThat(get("/calculators").body()).contains("/calculators/co2", "/calculators/h2s", "/calculators/rates");
    }

    @Test
    void theResultStandsBesideTheFormWithItsModelAndUnit() throws Exception {
        assertThat(get("/calculators/co2?T_K=298.15&P_bar=100&mNaCl=0").body())
                .contains(">1.42131<", "mol/kg", "constants of the online calculator", "Marine Chemistry 98:131-139");
    }

    @Test
    void anotherUnitGivesTheSameResult() throws Exception {
        String page = get("/calculators/co2?T_K=25&unit_T_K=CELSIUS&P_bar=10&unit_P_bar=MEGAPASCAL&mNaCl=0")
                .body();
        assertThat(page).contains(">1.42131<", "0 to 200 MPa").doesNotContain("error-summary");
    }

    @Test
    void whatIsWrongIsSaidAndNothingTypedIsLost() throws Exception {
        String page = get("/calculators/co2?T_K=298,15&P_bar=5000&mNaCl=0").body();
        assertThat(page)
                .contains("2 things to correct", "has a comma", "is outside the range", "value=\"298,15\"")
                .doesNotContain("id=\"result\"");
    }

    @Test
    void moreThanSevenCurvesOfNumbersBecomeAMap() throws Exception {
        String page = get("/calculators/co2?vary=P_bar&values=50:500:50&vary2=T_K&values2=280:500:20")
                .body();
        assertThat(page).contains("class=\"heat-0\"", "class=\"heat-9\"").doesNotContain("error-summary", "data-plot=");
        assertThat(page.split("<th scope=\"row\"", -1)).as("temperatures").hasSize(13);
    }

    @Test
    void whatCannotBeReadAsCurvesOrMapIsRefused() throws Exception {
        assertThat(get("/calculators/co2?vary=P_bar&values=1:100:1&vary2=T_K&values2=280:500:20")
                        .body())
                .contains("A map has at most 60 values of Pressure");
        assertThat(get("/calculators/rates?vary=pH&values=1:12:1&vary2=mode&values2=strict%20gateway")
                        .body())
                .contains("10 curves cannot be read");
    }

    @Test
    @Tag("G.34")
    void thePermalinkOfASweepReproducesItsNumbers() throws Exception {
        // given
        String query = "?T_K=298.15&P_bar=1&mNaCl=0&vary=P_bar&values=1:200:1&vary2=none";
        // when
        String csv = get("/calculators/co2/export" + query + "&format=csv").body();
        JsonNode json = mapper.readTree(
                get("/calculators/co2/export" + query + "&format=json").body());
        // then
        assertThat(csv.lines().filter(line -> !line.startsWith("#"))).hasSize(201);
        assertThat(csv).contains("# calculator: CO₂ solubility", "# cite: Duan, Z.", "# inputs: T_K = 298.15");
        assertThat(json.at("/data/values/mCO2")).hasSize(200);
        assertThat(csv.lines()
                        .filter(line -> line.startsWith("100.0,"))
                        .findFirst()
                        .orElseThrow())
                .startsWith("100.0," + json.at("/data/values/mCO2/99").asDouble() + ",");
        assertThat(get("/calculators/co2" + query).body())
                .contains("data-plot=")
                .doesNotContain("error-summary");
    }

    @Test
    @Tag("G.16")
    void theFileOfAnH2sSweepHasAsManyHeadingsAsValues() throws Exception {
        var rows = get("/calculators/h2s/export?system=1&temp_K=323.15&mNaCl=1&P_bar=50&format=csv")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", -1).length)
                .toList();
        assertThat(rows).hasSizeGreaterThan(10).containsOnly(rows.getFirst());
    }

    @Test
    void citationsOfThePageAreThoseThatWereUsed() throws Exception {
        assertThat(get("/calculators/co2/export?format=bibtex").body()).contains("@article{Duan2006,");
        assertThat(get("/calculators/h2s/export?format=ris").body()).contains("Duan, Z.", "Ji, X.");
        assertThat(get("/calculators/co2/export?format=word").statusCode()).isEqualTo(400);
    }

    @Test
    void theRatesPageShowsEveryParameterWithItsSource() throws Exception {
        assertThat(get("/calculators/rates?species=Albite&temp_C=25&pH=10").body())
                .contains("Parameters of Albite", "Marty et al. (2015)", "single source", "58400<", "4.97 × 10⁻¹⁰")
                .as("albite has no carbonate mechanism: four curves")
                .contains("4 curves");
    }

    @Test
    void whatTwoModelsLeaveOpenIsABandAndAPlotSaysWhereItComesFrom() throws Exception {
        JsonNode co2 = plot(get("/calculators/co2").body());
        assertThat(co2.at("/bands/0/from").asInt()).isZero();
        assertThat(co2.at("/bands/0/to").asInt()).isEqualTo(1);
        assertThat(co2.get("summary").asString())
                .contains("what the models leave open: at most", " %, at pressure 2 bar");
        assertThat(co2.get("about").toString())
                .contains("models: Duan et al. (2006)", "cite: Duan, Z.", "T_K = 323.15");
        assertThat(plot(get("/calculators/h2s").body()).get("bands")).hasSize(1);
        assertThat(plot(get("/calculators/co2?vary2=mNaCl&values2=0%201").body())
                        .get("bands"))
                .as("two salinities are no two models")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"co2", "h2s", "rates"})
    void everyTabOfAPageShowsSomethingAndKeepsThePoint(String name) throws Exception {
        String page =
                get("/calculators/" + name + "?pH=7&T_K=333.15&temp_K=333.15").body();
        var tabs = Pattern.compile("<a href=\"([^\"]*vary=[^\"]*)\"").matcher(page);
        int count = 0;
        while (tabs.find()) {
            String body = get(HtmlUtils.htmlUnescape(tabs.group(1))).body();
            assertThat(body)
                    .contains("aria-current=\"true\"")
                    .containsAnyOf("data-plot=", "class=\"heat\"")
                    .containsAnyOf("value=\"333.15\"", "value=\"7\"")
                    .doesNotContain("error-summary");
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aSavedRunIsOpenedAgainByItsOwnerAloneUntilItIsDeleted() throws Exception {
        // when
        String list = post(
                        "/calculators/saved",
                        Map.of(
                                "calculator",
                                "co2",
                                "name",
                                "Brine <b>at</b> 50 °C",
                                "query",
                                "T_K=323.15&P_bar=200&mNaCl=2"))
                .body();
        // then
        assertThat(list).contains("Brine &lt;b&gt;at&lt;/b&gt; 50 °C", "T_K=323.15&amp;P_bar=200&amp;mNaCl=2");
        try (var other =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            assertThat(other.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://localhost:" + port + "/calculators/saved"))
                                            .header("Accept", "text/html")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("Nothing saved yet");
        }
        var delete =
                Pattern.compile("action=\"(/calculators/saved/[^\"]+/delete)\"").matcher(list);
        assertThat(delete.find()).isTrue();
        assertThat(post(delete.group(1), Map.of()).body()).contains("Nothing saved yet");
        assertThat(post(delete.group(1), Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void aRunOfAnUnknownCalculatorOrWithoutANameIsNotSaved() throws Exception {
        assertThat(post("/calculators/saved", Map.of("calculator", "gold", "name", "x", "query", ""))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/calculators/saved", Map.of("calculator", "co2", "name", " ", "query", ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/calculators/saved", Map.of("calculator", "co2", "name", "x", "query", "a\r\nb"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFileCanBeUploadedWithoutAnyScript() throws Exception {
        assertThat(upload("co2", "T_K,P_bar,mNaCl\n298.15,100,0\n").body()).contains("298.15,100,0,1.42131", ",ok,");
        assertThat(upload("supcrt", "reaction,T_C,P_bar\n\"-1 QUARTZ; 1 SiO2,aq\",25,1\n")
                        .body())
                .contains(",-3.74960", ",ok,");
    }

    @Test
    void aLongFileBecomesAJobWhoseResultIsAFile() throws Exception {
        // given
        String csv = "T_K,P_bar,mNaCl\n" + "298.15,100,0\n".repeat(10_000) + "298.15,1e4,0\n" + "298.15,100,1\n";
        // when
        var answer = upload("co2", csv);
        // then
        assertThat(answer.statusCode()).isEqualTo(302);
        String job = answer.headers().firstValue("Location").orElseThrow();
        assertThat(job).matches("/jobs/[0-9a-f-]{36}");
        String page = awaitEnd(job);
        assertThat(page).contains("completed", "co2-batch.csv");
        var file = Pattern.compile("href=\"(/jobs/[^\"]+)\"[^>]*>co2-batch.csv").matcher(page);
        assertThat(file.find()).isTrue();
        var lines = get(HtmlUtils.htmlUnescape(file.group(1))).body().lines().toList();
        assertThat(lines).hasSize(10_003);
        assertThat(lines.get(10_001)).contains("1e4", ",error,").contains("2000");
        assertThat(lines.get(10_002)).contains(",ok,");
    }

    @Test
    void aProgramMayPreferAJobAndOneWithoutAHeaderFailsWithItsReason() throws Exception {
        // when
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/calculators/rates/batch"))
                        .header("Content-Type", "text/csv")
                        .header("Prefer", "respond-async")
                        .header("Idempotency-Key", "once")
                        .POST(BodyPublishers.ofString("strict,Albite,25,5\n"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        // then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String address = answer.headers().firstValue("Location").orElseThrow();
        JsonNode job = mapper.readTree(get(address).body());
        for (int i = 0; i < 200 && !job.at("/job/state").asString().equalsIgnoreCase("failed"); i++) {
            Thread.sleep(50);
            job = mapper.readTree(get(address).body());
        }
        assertThat(job.toString()).contains("it must be the header mode,species,temp_C,pH");
    }

    private String awaitEnd(String job) throws Exception {
        String page = get(job).body();
        for (int i = 0; i < 400 && !page.contains("data-final=\"true\""); i++) {
            Thread.sleep(50);
            page = get(job).body();
        }
        return page;
    }

    private JsonNode plot(String page) {
        var found = Pattern.compile("data-plot=\"([^\"]*)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return mapper.readTree(HtmlUtils.htmlUnescape(found.group(1)));
    }

    private String token() throws Exception {
        var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"|value=\"([^\"]+)\"[^>]*name=\"_csrf\"")
                .matcher(get("/calculators/co2").body());
        assertThat(token.find()).as("anti-forgery token").isTrue();
        return token.group(1) == null ? token.group(2) : token.group(1);
    }

    private HttpResponse<String> upload(String calculator, String csv) throws Exception {
        String body = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token() + "\r\n"
                + "--x\r\n"
                + "Content-Disposition:"
                + " form-data;"
                + " name=\"file\";"
                + " filename=\"mine.csv\"\r\n"
                + "Content-Type:"
                + " text/csv\r\n\r\n"
                + csv + "\r\n--x--\r\n";
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/calculators/" + calculator + "/batch"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Follows the redirect that a form answers with. */
    private HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
        String form = "_csrf=" + URLEncoder.encode(token(), StandardCharsets.UTF_8)
                + fields.entrySet().stream()
                        .map(e -> "&" + e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 302
                ? get(answer.headers().firstValue("Location").orElseThrow())
                : answer;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept", "text/html,*/*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
