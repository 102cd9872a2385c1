package org.colonnade.calculators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of the calculators, over the wire. */
@GatewayTest
class CalculatorApiTest {

    private static final String API = "/api/v1/calculators";

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
    void everyCalculatorDescribesItself() throws Exception {
        JsonNode list = mapper.readTree(get("").body());
        assertThat(list.findValuesAsString("name")).contains("co2", "h2s", "rates", "T_K", "mCO2");
        assertThat(mapper.readTree(get("/co2/description").body())
                        .at("/inputs/0/max")
                        .asDouble())
                .isEqualTo(533);
    }

    @Test
    void onePointHasUnitsFlagsAndReferences() throws Exception {
        JsonNode point =
                mapper.readTree(get("/co2?T_K=373.15&P_bar=0.5&mNaCl=0").body());
        assertThat(point.at("/values/mCO2/value").asDouble()).isZero();
        assertThat(point.at("/values/mCO2/unit").asString()).isEqualTo("mol/kg");
        assertThat(point.at("/flags/0/kind").asString()).isEqualTo("BELOW_VAPOUR_PRESSURE");
        assertThat(point.at("/model").asString()).contains("online calculator");
        assertThat(point.at("/references/0/key").asString()).isEqualTo("Duan2006");
        assertThat(point.at("/inputs/model").asString()).isEqualTo("gateway");
    }

    @Test
    void missingNumbersAreNull() throws Exception {
        JsonNode point = mapper.readTree(
                get("/h2s?system=2&temp_K=298.15&mNaCl=0&P_bar=110").body());
        assertThat(point.at("/values/x/value").asDouble()).isEqualTo(0.03444136, within(1e-9));
        assertThat(point.at("/values/rho/value").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/co2?T_K=abc&P_bar=1&mNaCl=0",
                "/co2?T_K=NaN&P_bar=1&mNaCl=0",
                "/co2?T_K=298,15&P_bar=1&mNaCl=0",
                "/co2?P_bar=1&mNaCl=0",
                "/co2?T_K=100&P_bar=1&mNaCl=0",
                "/co2?T_K=300&P_bar=1&mNaCl=0&model=mine",
                "/co2?T_K=300&P_bar=1&mNaCl=0&surprise=1",
                "/h2s?system=3&temp_K=300&mNaCl=0&P_bar=1",
                "/rates?species=Albite&temp_C=-273.15&pH=5",
                "/rates?species=Nosuchite&temp_C=25&pH=5"
            })
    void badInputIsAProblemThatNamesTheInput(String path) throws Exception {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode problem = mapper.readTree(answer.body());
        assertThat(problem.at("/errors/0/field").asString()).isNotEmpty();
        assertThat(problem.get("detail").asString()).isNotEmpty();
    }

    @Test
    void anUnknownCalculatorIsNotFound() throws Exception {
        assertThat(get("/astrology?x=1").statusCode()).isEqualTo(404);
    }

    @Test
    void aSweepGivesTheSameNumbersAsItsPoints() throws Exception {
        // when
        JsonNode sweep = mapper.readTree(post("/co2", "application/json", """
            {"inputs": {"T_K": 298.15, "P_bar": "1:200:1", "mNaCl": 0}}\
            """).body());
        // then
        assertThat(sweep.at("/values/mCO2")).hasSize(200);
        assertThat(sweep.at("/variables/0/values/199").asString()).isEqualTo("200.0");
        JsonNode point =
                mapper.readTree(get("/co2?T_K=298.15&P_bar=100&mNaCl=0").body());
        assertThat(sweep.at("/values/mCO2/99").asDouble())
                .isEqualTo(point.at("/values/mCO2/value").asDouble());
    }

    @Test
    void aGridKeepsItsPointsInOrderAndNamesThoseThatFail() throws Exception {
        JsonNode grid = mapper.readTree(post("/co2", "application/json", """
            {"inputs": {"T_K": [300, 600], "P_bar": 100, "mNaCl": [0, 1, 2]}}\
            """).body());
        assertThat(grid.at("/values/mCO2")).hasSize(6);
        assertThat(grid.at("/values/mCO2/1").asDouble())
                .isGreaterThan(grid.at("/values/mCO2/2").asDouble());
        assertThat(grid.at("/values/mCO2/3").isNull()).isTrue();
        assertThat(grid.at("/errors")).hasSize(3);
        assertThat(grid.at("/errors/0/point").asInt()).isEqualTo(3);
    }

    @Test
    void bothModelsFitIntoOneSweep() throws Exception {
        JsonNode grid = mapper.readTree(post("/co2", "application/json", """
            {"inputs": {"T_K": 280, "P_bar": [10, 100], "mNaCl": 0, "model": ["gateway", "published"]}}\
            """).body());
        assertThat(grid.at("/models")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": {\"T_K\": 300, \"P_bar\": 1, \"mNaCl\": 0}}",
                "{\"inputs\": {\"T_K\": 300, \"P_bar\": \"1:2000:0.0001\", \"mNaCl\": 0}}",
                "{\"inputs\": {\"T_K\": 300, \"P_bar\": \"1:2\", \"mNaCl\": 0}}",
                "{\"inputs\": {\"T_K\": 300, \"P_bar\": \"10:1:1\", \"mNaCl\": 0}}",
                "{\"inputs\": {\"T_K\": [1,2], \"P_bar\": [1,2], \"mNaCl\": [0,1]}}",
                "{\"inputs\": {\"T_K\": 300, \"P_bar\": [1,2], \"mNaCl\": 0, \"other\": 1}}",
                "{}"
            })
    void whatIsNoSweepIsRefused(String body) throws Exception {
        assertThat(post("/co2", "application/json", body).statusCode()).isEqualTo(400);
    }

    @Test
    @Tag("G.34")
    void citesAsTextBibtexAndRis() throws Exception {
        String point = "/co2/citations?T_K=300&P_bar=100&mNaCl=0&format=";
        assertThat(get(point + "bibtex").body()).contains("@article{Duan2006,", "Marine Chemistry");
        assertThat(get(point + "ris").body()).startsWith("TY  - JOUR");
        assertThat(get(point + "text").body()).contains("Marine Chemistry 98:131-139");
        assertThat(get(point + "word").statusCode()).isEqualTo(400);
    }

    @Test
    @Tag("G.33")
    void theWholeReferenceFileGoesThroughABatchAndOneBadRowDoesNoHarm() throws Exception {
        // given
        var expected = vectors("co2.csv");
        var body = new StringBuilder("T_K,P_bar,mNaCl\n100,1,0\n");
        for (int i = 1; i < expected.length; i++) {
            String[] cells = expected[i].split(",");
            body.append(cells[0])
                    .append(',')
                    .append(cells[1])
                    .append(',')
                    .append(cells[2])
                    .append('\n');
        }
        // when
        var answer = post("/co2/batch", "text/csv", body.toString());
        // then
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(t -> assertThat(t).startsWith("text/csv"));
        String[] lines = answer.body().split("\r\n");
        assertThat(lines).hasSize(expected.length + 1);
        assertThat(lines[1]).contains("error,").contains("Temperature is out of bounds");
        for (int i = 1; i < expected.length; i++) {
            double molality = Double.parseDouble(expected[i].split(",")[4]);
            assertThat(Double.parseDouble(lines[i + 1].split(",")[3])).isEqualTo(molality, within(molality * 1e-7));
        }
    }

    @Test
    void aBatchWithoutAHeaderIsMalformed() throws Exception {
        var answer = post("/co2/batch", "text/csv", "300,100,0\n");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(answer.body()).get("detail").asString()).contains("must be the header");
    }

    /** The client reads nothing before it has sent everything; the answer is four times as long as the request. */
    @Test
    void aHundredThousandRowsGoThrough() throws Exception {
        // given
        var random = new Random(5);
        var body = new StringBuilder("T_K,P_bar,mNaCl\n");
        for (int i = 0; i < 100_000; i++) {
            body.append(String.format(
                    Locale.ROOT,
                    "%.2f,%.2f,%.2f%n",
                    random.nextDouble(273, 533),
                    random.nextDouble(0, 2000),
                    random.nextDouble(0, 4.5)));
        }
        post("/co2/batch", "text/csv", body.toString());
        // when
        long start = System.nanoTime();
        var answer = post("/co2/batch", "text/csv", body.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        // then
        System.out.printf(Locale.ROOT, "100,000 rows of CO2 over HTTP: %.2f s%n", seconds);
        assertThat(answer.body().lines()).hasSize(100_001);
        assertThat(seconds).as("far above the 2 s to reach, for busy machines").isLessThan(20);
    }

    /** What scripts rely on: the columns of every batch, in their order, and that each is a number where there is one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "co2 | T_K,P_bar,mNaCl | 298.15,100,0 | mCO2,P_H2O_bar,y_CO2,phi_CO2,mu_over_RT,lambda_CO2_Na,zeta_CO2_Na_Cl,phi_region",
                "h2s | system,temp_K,mNaCl,P_bar | 1,298.15,3,300 | temp_K_used,mNaCl_used,x,rho,lnphi",
                "rates | mode,species,temp_C,pH,pFe3,pO2,pCO2 | gateway,Pyrite,25,2,2,3.6, | AMech,BMech,NMech,OMech,total,logTotal,total_full_precision",
                "supcrt | reaction,T_C,P_bar | \"-1 QUARTZ; 1 SiO2,aq\",100,500 | logK,dG_kJ,dH_kJ,dS_J_K,dCp_J_K,dV_J_bar,flag",
                "supcrt | reaction,T_C,rho_gcc | \"-1 QUARTZ; 1 SiO2,aq\",400,0.6 | logK,dG_kJ,dH_kJ,dS_J_K,dCp_J_K,dV_J_bar,flag",
            })
    void aBatchRepeatsItsColumnsAndAddsTheComputedOnes(String name, String input, String row, String computed)
            throws Exception {
        var lines = post("/" + name + "/batch", "text/csv", input + "\n" + row + "\n")
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(input + "," + computed + ",status,message");
        assertThat(lines.getLast()).startsWith(row + ",").contains(",ok,");
        var values = lines.getLast().substring(row.length() + 1).split(",", -1);
        assertThat(values).hasSize(computed.split(",").length + 2);
        assertThat(values[0])
                .as("all digits")
                .satisfies(v -> assertThat(Double.parseDouble(v)).isFinite());
    }

    @Test
    void theTemplateComputesAsItIs() throws Exception {
        for (String name : new String[] {"co2", "h2s", "rates"}) {
            var template = get("/" + name + "/batch/template").body();
            assertThat(post("/" + name + "/batch", "text/csv", template).body()).contains(",ok,");
        }
    }

    @Test
    void findsSpecies() throws Exception {
        assertThat(get("/species?formula=SiO2").body()).contains("Quartz").doesNotContain("Albite");
        assertThat(get("/species?elements=Ca,Mg,C").body()).contains("Dolomite").doesNotContain("Calcite");
        assertThat(get("/species?name=baryte").body()).contains("BaSO4");
        assertThat(get("/species?name=HCO3-").body())
                .as("the species of reactions are in the same index")
                .contains("\"colonnade\"");
        assertThat(get("/species?formula=Xx2").statusCode()).isEqualTo(400);
        assertThat(get("/species?elements=Xx").statusCode()).isEqualTo(400);
    }

    private static String[] vectors(String name) throws IOException {
        try (var stream = Objects.requireNonNull(CalculatorApiTest.class.getResourceAsStream("/vectors/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toArray(String[]::new);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + API + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + API + path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
