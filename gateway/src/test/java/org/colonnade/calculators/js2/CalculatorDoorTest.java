package org.colonnade.calculators.js2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scripts for the js2 gateway get the answers they know. */
@GatewayTest
class CalculatorDoorTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Autowired
    JsonMapper mapper;

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    @Tag("G.1")
    void co2IsAnsweredWithTheRoundedNumbers() throws Exception {
        assertThat(get("/api/co2?temp=300&bar=1583&mNaCl=3.2").body())
                .isEqualTo("{\"data\":{\"temp\":300.0,\"bar\":1583.0,\"mNaCl\":3.2,\"mCO2\":1.8827}}");
        assertThat(get("/api/co2?temp=300.123456&bar=100.98765&mNaCl=1.23456789")
                        .body())
                .isEqualTo("{\"data\":{\"temp\":300.123,\"bar\":100.9877,\"mNaCl\":1.2346,\"mCO2\":1.0667}}");
    }

    @ParameterizedTest
    @CsvSource({
        "298.15, 1, 0, 0.0325",
        "298.15, 100, 0, 1.4213",
        "323.15, 100, 1, 0.9376",
        "373.15, 300, 4, 0.6673",
        "273.15, 50, 0, 2.0484"
    })
    @Tag("G.2")
    @Tag("G.3")
    void co2GivesTheKnownNumbers(double t, double p, double m, double expected) throws Exception {
        JsonNode answer = mapper.readTree(
                get("/api/co2?temp=%s&bar=%s&mNaCl=%s".formatted(t, p, m)).body());
        assertThat(answer.at("/data/mCO2").asDouble()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "272.9, 100, 0, Temperature",
        "300, 2000.1, 0, Pressure",
        "300, 100, 4.6, mNaCl",
        "200, 5000, 9, Temperature"
    })
    @Tag("G.4")
    @Tag("G.5")
    void co2OutOfRangeNamesTheFirstInput(double t, double p, double m, String name) throws Exception {
        var answer = get("/api/co2?temp=%s&bar=%s&mNaCl=%s".formatted(t, p, m));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"status_code\":400,\"message\":\"" + name
                        + " is out of bounds: T-P-X range of this model: 273-533 K, 0-2000 bar, 0-4.5 mNaCl!\"}");
    }

    @Test
    @Tag("G.6")
    void co2BelowTheVapourPressureIsZeroWithAWarning() throws Exception {
        JsonNode answer =
                mapper.readTree(get("/api/co2?temp=373.15&bar=0.5&mNaCl=0").body());
        assertThat(answer.at("/data/mCO2").asDouble()).isZero();
        assertThat(answer.at("/warnings/0/code").asString()).isEqualTo("BELOW_VAPOUR_PRESSURE");
        assertThat(answer.at("/warnings/0/P_H2O").asDouble()).isEqualTo(1.0196);
    }

    @Test
    @Tag("G.7")
    void whatIsNoNumberIs422AndWhatIsNotFiniteIs400() throws Exception {
        var text = get("/api/co2?temp=abc&bar=1");
        assertThat(text.statusCode()).isEqualTo(422);
        JsonNode detail = mapper.readTree(text.body()).get("detail");
        assertThat(detail.at("/0/type").asString()).isEqualTo("float_parsing");
        assertThat(detail.at("/0/loc/1").asString()).isEqualTo("temp");
        assertThat(detail.at("/0/input").asString()).isEqualTo("abc");
        assertThat(detail.at("/1/type").asString()).isEqualTo("missing");
        assertThat(detail.at("/1/msg").asString()).isEqualTo("Field required");
        assertThat(detail.at("/1/input").isNull()).isTrue();
        var nan = get("/api/co2?temp=nan&bar=1&mNaCl=0");
        assertThat(nan.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(nan.body()).get("status_code").asInt()).isEqualTo(400);
    }

    @Test
    @Tag("G.10")
    void h2sIsThreeRowsOfSixtyOneStrings() throws Exception {
        var answer = get("/api/h2s?system=0&temp=298.15&mNaCl=0").body();
        assertThat(answer).startsWith("[[\"nan\",\"0.00492\",\"0.00963\",");
        JsonNode rows = mapper.readTree(answer);
        assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(61));
        assertThat(List.of(
                        rows.at("/0/10").asString(),
                        rows.at("/1/10").asString(),
                        rows.at("/2/10").asString()))
                .containsExactly("0.02695", "1023.1", "-0.6637");
    }

    @Test
    @Tag("G.11")
    void h2sOfTheMixtureIsOneRow() throws Exception {
        JsonNode rows =
                mapper.readTree(get("/api/h2s?system=2&temp=298.15&mNaCl=0").body());
        assertThat(rows).hasSize(1);
        assertThat(rows.at("/0/0").asString()).isEqualTo("0.0");
        assertThat(rows.at("/0/10").asString()).isEqualTo("0.0340767");
        assertThat(Double.parseDouble(rows.at("/0/11").asString())).isEqualTo(0.03444136, within(1e-12));
    }

    @Test
    @Tag("G.12")
    void h2sIsClampedSilently() throws Exception {
        assertThat(get("/api/h2s?system=0&temp=280&mNaCl=7").body())
                .isEqualTo(get("/api/h2s?system=0&temp=298.15&mNaCl=6").body());
        assertThat(get("/api/h2s?system=2&temp=373.15&mNaCl=5").body())
                .isEqualTo(get("/api/h2s?system=2&temp=348.15&mNaCl=4").body());
    }

    @Test
    @Tag("G.13")
    void h2sKnowsThreeSystems() throws Exception {
        var answer = get("/api/h2s?system=3&temp=300&mNaCl=0");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(answer.body()).get("message").asString())
                .isEqualTo("System '3.0' is out of range. Select system from 0 to 2.");
        assertThat(get("/api/h2s?system=0.5&temp=300&mNaCl=0").statusCode()).isEqualTo(400);
    }

    @Test
    void everyCompatibleRateVectorIsReproduced() throws Exception {
        int checked = 0;
        var lines = vectors();
        var header = Arrays.asList(lines[0].split(","));
        for (int i = 1; i < lines.length; i++) {
            String[] cells = lines[i].split(",", -1);
            if (!cells[0].equals("gateway")) {
                continue;
            }
            var row = new HashMap<String, String>();
            for (int c = 0; c < cells.length; c++) {
                row.put(header.get(c), cells[c]);
            }
            String path = "/api/rate/calculate?species="
                    + URLEncoder.encode(cell(row, "species"), StandardCharsets.UTF_8) + "&temp=" + cell(row, "temp_C")
                    + "&pH=" + cell(row, "pH") + optional("feINPUT", cell(row, "pFe3"))
                    + optional("oINPUT", cell(row, "pO2")) + optional("co2INPUT", cell(row, "pCO2"));
            JsonNode answer = mapper.readTree(get(path).body());
            for (String name : List.of("AMech", "BMech", "NMech", "OMech", "total", "logTotal", "species")) {
                assertThat(answer.get(name).asString()).as(path + " " + name).isEqualTo(row.get(name));
            }
            checked++;
        }
        assertThat(checked).isGreaterThan(40);
    }

    @Test
    @Tag("G.17")
    void aRateIsOnlyStrings() throws Exception {
        assertThat(get("/api/rate/calculate?species=forsterite&temp=25&pH=3").body())
                .isEqualTo("{\"AMech\":\"5.4778e-09\",\"BMech\":\"7.5349e-16\",\"NMech\":\"2.2787e-11\","
                        + "\"OMech\":\"0.0000e+00\",\"total\":\"5.5006e-09\",\"logTotal\":\"-8.2596\","
                        + "\"species\":\"Forsterite\",\"reference\":\"Palandri and Kharaka (2004)\",\"temp\":\"25.0\","
                        + "\"pH\":\"3.0\"}");
        assertThat(get("/api/rate/calculate?species=Albite&temp=25&pH=10").body())
                .contains("1.2930e-13", "Marty et al. (2015)");
    }

    @ParameterizedTest
    @CsvSource({
        "Pyrite, 25, 2, '', 0.0000e+00, N/A",
        "Pyrite, 25, 2, '&feINPUT=2&oINPUT=3.6', 4.7965e-07, -6.3191",
        "Magnesite, 25, 6, '&co2INPUT=2', 6.0384e-08, -7.2191",
        "Magnesite, 25, 6, '', 4.6368e-10, -9.3338",
        "Albite, 25, 10, '', 1.2930e-13, -12.8884",
    })
    @Tag("G.18")
    @Tag("G.19")
    @Tag("G.20")
    void ratesAreThoseOfTheOnlineCalculator(
            String mineral, double temp, double pH, String further, String total, String logTotal) throws Exception {
        JsonNode answer = mapper.readTree(
                get("/api/rate/calculate?species=%s&temp=%s&pH=%s%s".formatted(mineral, temp, pH, further))
                        .body());
        assertThat(answer.get("total").asString()).isEqualTo(total);
        assertThat(answer.get("logTotal").asString()).isEqualTo(logTotal);
    }

    @Test
    @Tag("G.21")
    void aRateThatCannotBeComputedSaysWhy() throws Exception {
        var unknown = get("/api/rate/calculate?species=Nosuchite&temp=25&pH=3");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"status_code\":404,\"message\":\"Species 'Nosuchite' not found in the database\"}");
        assertThat(get("/api/rate/calculate?species=Albite&temp=-273.15&pH=3").statusCode())
                .isEqualTo(400);
        assertThat(get("/api/rate/calculate?species=Albite&temp=25").statusCode())
                .isEqualTo(422);
    }

    @Test
    @Tag("G.22")
    void speciesAreSortedByName() throws Exception {
        JsonNode names =
                mapper.readTree(get("/api/species?query=Species").body()).at("/data/species");
        var sorted = names.valueStream().map(JsonNode::asString).toList();
        assertThat(sorted)
                .containsAll(new MineralRates(RateDataset.LIBRARY)
                        .minerals().stream().map(Mineral::name).toList())
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
                .doesNotHaveDuplicates()
                .startsWith("Albite");
        var unknown = get("/api/species?query=foo");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(unknown.body()).get("message").asString())
                .isEqualTo("Query called 'foo' is not supported. Use ['supcrtbl', 'supcrtbl_ree']");
        assertThat(get("/api/species").statusCode()).isEqualTo(422);
    }

    @Test
    void errorsOfTheHouseHaveTheSameShape() throws Exception {
        var answer = get("/api/co2/nothing-here");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(mapper.readTree(answer.body()).get("status_code").asInt()).isEqualTo(404);
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static String optional(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + value;
    }

    private static String[] vectors() throws IOException {
        try (var stream =
                Objects.requireNonNull(CalculatorDoorTest.class.getResourceAsStream("/vectors/rate_vectors.csv"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toArray(String[]::new);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
