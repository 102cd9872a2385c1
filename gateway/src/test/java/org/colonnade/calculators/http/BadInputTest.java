package org.colonnade.calculators.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.json.JsonMapper;

/** What people send by mistake, over the wire: each thing has its own status and sentence. */
@GatewayTest
class BadInputTest {

    private static final String API = "/api/v1/calculators/";

    private final HttpClient client = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    int port;

    @Autowired
    JsonMapper mapper;

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // unknown, unbalanced, unparsable
                "supcrt?T_C=25&P_bar=1&reaction=-1 QUARZ; 1 SiO2,aq | 422 | line 1, column 4: QUARZ is not in the"
                        + " database colonnade; nearest are QUARTZ",
                "supcrt?T_C=25&P_bar=1&reaction=-1 QUARTZ; 1 Na+ | 422 | is not balanced: products minus reactants: Na"
                        + " +1, O -2, Si -1, charge +1",
                "supcrt?T_C=25&P_bar=1&reaction=QUARTZ; 1 SiO2,aq | 422 | line 1, column 1: has \"QUARTZ\" where a"
                        + " coefficient is expected",
                "supcrt?T_C=25&P_bar=1&reaction=-1 QUARTZ 1 SiO2,aq | 422 | part terms by a semicolon or a line end",
                "supcrt?T_C=25&P_bar=1&reaction=-1,0 QUARTZ; 1 SiO2,aq | 422 | column 1: has \"-1,0\": write a decimal"
                        + " point",
                "supcrt?T_C=25&P_bar=1&reaction=NaN QUARTZ; 1 SiO2,aq | 422 | where a coefficient is expected",
                "supcrt?T_C=25&P_bar=1&reaction=0 QUARTZ; 1 SiO2,aq | 422 | must not be zero",
                "supcrt?T_C=25&P_bar=1&reaction=-1e99 QUARTZ; 1 SiO2,aq | 422 | has the coefficient -1e99; it must not"
                        + " be zero and not exceed a million",
                "supcrt?T_C=25&P_bar=1&reaction= | 422 | has no terms",
                "rates?species=Nosuchite&temp_C=25&pH=3 | 400 | species: Species 'Nosuchite' not found in PHREEQC kinetic library",
                "h2s?system=3&temp_K=300&mNaCl=0&P_bar=10 | 400 | system: System '3.0' is out of range. Select system from 0 to 2.",
                "species?formula=Xx2 | 400 | cannot be read",
                "gold?T_K=1 | 404 | There is no calculator of this name",
                // numbers that are none
                "co2?T_K=NaN&P_bar=100&mNaCl=0 | 400 | T_K must be a finite number, not NaN",
                "co2?T_K=300&P_bar=Infinity&mNaCl=0 | 400 | P_bar must be a finite number, not Infinity",
                "co2?T_K=300&P_bar=1e999&mNaCl=0 | 400 | P_bar is too large a number",
                "co2?T_K=298,15&P_bar=100&mNaCl=0 | 400 | T_K has a decimal comma: write 298.15 instead of 298,15",
                "co2?T_K=0x12&P_bar=100&mNaCl=0 | 400 | T_K is not a number",
                "co2?P_bar=100&mNaCl=0 | 400 | T_K is missing",
                "co2?T_K=300&P_bar=100&mNaCl=0&salt=1 | 400 | There is no input",
                "supcrt?reaction=-1 QUARTZ; 1 SiO2,aq&T_C=25&P_bar=-5 | 400 | P_bar must be a finite pressure above"
                        + " zero",
                // conditions outside of the model
                "co2?T_K=100&P_bar=100&mNaCl=0 | 400 | 273-533 K",
                "co2?T_K=300&P_bar=2000.1&mNaCl=0 | 400 | 0-2000 bar",
                "h2s?system=0&temp_K=300&mNaCl=0&P_bar=-1 | 400 | P_bar",
                "rates?species=Albite&temp_C=-273.15&pH=3 | 400 | temp_C",
                "supcrt?reaction=-1 QUARTZ; 1 SiO2,aq&T_C=374 | 400 | at most 373.917 °C on the saturation line",
                "supcrt?reaction=-1 QUARTZ; 1 SiO2,aq&T_C=25&P_bar=1&database=nowhere | 422 | There is no database"
                        + " \"nowhere\"",
                "supcrt?reaction=-1 QUARTZ; 1 SiO2,aq&T_C=25&P_bar=1&profile=mine | 400 | profile must be compatible"
                        + " or consistent",
            })
    void aWrongPointIsAProblemThatSaysWhat(String request, int status, String words) throws Exception {
        var answer = get(API + encodedValues(request));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(mapper.readTree(answer.body()).get("detail").asString()).contains(words);
    }

    @Test
    void aCoefficientWithAnExponentIsReadAndNotDropped() throws Exception {
        var plain = get(API + encodedValues("supcrt?T_C=25&P_bar=1&reaction=-1 QUARTZ; 1 SiO2,aq"));
        var exponent = get(API + encodedValues("supcrt?T_C=25&P_bar=1&reaction=-1e0 QUARTZ; 10e-1 SiO2,aq"));
        assertThat(mapper.readTree(exponent.body()).get("logK"))
                .isEqualTo(mapper.readTree(plain.body()).get("logK"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "co2 | T_K,P_bar,mNaCl | 298.15,100,0 | 298.15,,0 | 298.15,100 | 100,100,0 | 298.15,1,5,0",
                "h2s | system,temp_K,mNaCl,P_bar | 1,323.15,0,100 | 1,,0,100 | 1,323.15,0 | 7,323.15,0,100 |"
                        + " 1,323.15,0,10,5",
                "rates | mode,species,temp_C,pH | strict,Albite,25,5 | strict,Albite,,5 | strict,Albite,25 |"
                        + " strict,Nosuchite,25,5 | strict,Albite,2,5,5",
                "supcrt | reaction,T_C,P_bar | -1 QUARTZ; 1 SiO2@aq,25,1 | -1 QUARTZ; 1 SiO2@aq,,1 | -1 QUARTZ; 1"
                        + " SiO2@aq,25 | -1 QUARZ; 1 SiO2@aq,25,1 | -1 QUARTZ; 1 SiO2,aq,25,1",
            })
    void oneBadRowFailsNoOther(
            String name, String header, String good, String empty, String ragged, String wrong, String comma)
            throws Exception {
        // given: a byte-order mark, Windows line ends, and ten megabytes in one field
        var rows = List.of(good, empty, good, ragged, good, wrong, good, comma, good, "x".repeat(10_000_000), good);
        var csv = "\uFEFF" + header + "\r\n"
                + String.join("\r\n", rows.stream().map(BadInputTest::quoted).toList());
        // when
        var answer = post(API + name + "/batch", csv);
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        var lines = answer.body().lines().toList();
        assertThat(lines).hasSize(rows.size() + 1);
        assertThat(lines.getFirst()).startsWith(header + ",").endsWith(",status,message");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(lines.get(i + 1))
                    .contains(i % 2 == 0 ? ",ok," : ",error,")
                    .hasSizeLessThan(1000);
        }
        assertThat(lines.get(2)).contains("is missing");
        assertThat(lines.get(4)).contains("cells where the header has");
        assertThat(lines.get(8)).contains("a decimal comma would do that");
        assertThat(lines.get(10)).containsAnyOf("has more than 1000 characters", "cells where the header has");
    }

    /** The @ stands for the comma of a name; a cell that has one is quoted. */
    private static String quoted(String row) {
        return String.join(
                ",",
                Arrays.stream(row.split(",", -1))
                        .map(cell -> cell.contains("@") ? '"' + cell.replace('@', ',') + '"' : cell)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "298.15,100,0 | The first line has numbers; it must be the header T_K,P_bar,mNaCl",
                "T_K,P_bar | The column mNaCl is missing",
                "T_K;P_bar;mNaCl | separated by semicolons",
                "T_K,P_bar,mNaCl,T_K | The column T_K is there twice",
                "'' | The file is empty",
            })
    void aFileWithoutAUsableHeaderIsRefusedWhole(String header, String words) throws Exception {
        var answer = post(API + "co2/batch", header.isEmpty() ? "" : header + "\n298.15,100,0\n");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(mapper.readTree(answer.body()).get("detail").asString()).contains(words);
    }

    @Test
    void aLongNameIsNotRepeatedInTheAnswer() throws Exception {
        var name = "Q".repeat(3000);
        for (var request : List.of(
                "rates?temp_C=25&pH=3&species=" + name,
                "supcrt?T_C=25&P_bar=1&reaction=-1 " + name,
                "co2?P_bar=1&mNaCl=0&T_K=" + name)) {
            var answer = get(API + encodedValues(request));
            assertThat(answer.statusCode()).isBetween(400, 422);
            assertThat(mapper.readTree(answer.body()).get("detail").asString()).hasSizeLessThan(300);
        }
    }

    /** Each door, each way in: ten megabytes where a word belongs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/calculators/supcrt | application/json | {\"reactions\":[{\"text\":\"#\"}],\"grid\":{}} | 413"
                        + " | too large",
                "/api/v1/calculators/co2 | application/json | {\"inputs\":{\"T_K\":\"#\",\"P_bar\":[1,2]}} | 413 | too"
                        + " large",
                "/api/v1/calculators/phreeqc/runs | application/json | {\"input\":\"#\"} | 413 | too large",
                "/api/supcrtbl | application/x-www-form-urlencoded | outputFile=# | 400 | \"status_code\":400",
                "/api/supcrtbl | multipart/form-data; boundary=x | --x¶Content-Disposition: form-data; name=\"reaction\"¶¶#¶--x--¶ | 413 | \"status_code\":413",
            })
    void tenMegabytesInOneFieldAreRefusedAndTheServerAnswersOn(
            String path, String type, String body, int status, String words) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body.replace("¶", "\r\n").replace("#", "9".repeat(10_000_000))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words).hasSizeLessThan(1000);
        assertThat(get(API + "co2?T_K=300&P_bar=100&mNaCl=0").statusCode()).isEqualTo(200);
    }

    @Test
    void aTruncatedDatabaseAndOneOfAnotherFormatAreRefusedWithTheirReason() throws Exception {
        var whole = DirectAccessWriter.write(CuratedDatabase.instance().database().species().stream()
                .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                .toList());
        var cut = upload(Arrays.copyOf(whole, whole.length / 2));
        assertThat(cut.statusCode()).as(cut.body()).isEqualTo(422);
        assertThat(mapper.readTree(cut.body()).get("detail").asString()).containsIgnoringCase("record");
        var other =
                upload("SOLUTION_MASTER_SPECIES\nH H+ -1 H 1.008\n".repeat(20).getBytes(StandardCharsets.UTF_8));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
        assertThat(other.body()).isNotEqualTo(cut.body());
        var empty = upload(new byte[0]);
        assertThat(empty.statusCode()).as(empty.body()).isEqualTo(422);
    }

    private HttpResponse<String> upload(byte[] content) throws Exception {
        var body = new ByteArrayOutputStream();
        body.write(("--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nbad\r\n--x\r\nContent-Disposition:"
                        + " form-data; name=\"file\"; filename=\"bad.dat\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write("\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + API + "supcrt/databases"))
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encodedValues(String request) {
        int question = request.indexOf('?');
        return request.substring(0, question + 1)
                + String.join(
                        "&",
                        Arrays.stream(request.substring(question + 1).split("&"))
                                .map(pair -> {
                                    int equals = pair.indexOf('=');
                                    return pair.substring(0, equals + 1)
                                            + URLEncoder.encode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                                })
                                .toList());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String csv) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
