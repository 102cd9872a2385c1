package org.colonnade.calculators.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
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
    void aFileCanBeUploadedWithoutAnyScript() throws Exception {
        // given
        var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"|value=\"([^\"]+)\"[^>]*name=\"_csrf\"")
                .matcher(get("/calculators/co2").body());
        assertThat(token.find()).as("anti-forgery token").isTrue();
        String value = token.group(1) == null ? token.group(2) : token.group(1);
        String body = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + value + "\r\n--x\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"mine.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                + "T_K,P_bar,mNaCl\n298.15,100,0\n\r\n--x--\r\n";
        // when
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/calculators/co2/batch"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        // then
        assertThat(answer.body()).contains("298.15,100,0,1.42131", ",ok,");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept", "text/html,*/*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
