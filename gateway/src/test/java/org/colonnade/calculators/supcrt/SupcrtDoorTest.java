package org.colonnade.calculators.supcrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.colonnade.calculators.phreeqc.PhreeqcWire;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** The js2 gateway's SUPCRTBL form, field by field: what each choice computes, and what each mistake is told. */
@GatewayTest
class SupcrtDoorTest {

    private static final String DOOR = "/api/supcrtbl";
    private static final String QUARTZ = "-1 QUARTZ\n1 SiO2,aq";

    /** A form that computes one state; each test changes some of its fields. */
    private static final Map<String, String> FORM = Map.ofEntries(
            Map.entry("outputFile", "quartz"),
            Map.entry("slopFile", "dpronsbl"),
            Map.entry("kalFormatOption", "0"),
            Map.entry("reactionOption", "1"),
            Map.entry("reaction", QUARTZ),
            Map.entry("solventPhase", "0"),
            Map.entry("independentStateVar", "1"),
            Map.entry("univariantCurveOption", "1"),
            Map.entry("tabulationBaricOption", "0"),
            Map.entry("tableIncrement", "0"),
            Map.entry("isobarsRange", "500,500,0"),
            Map.entry("tempRange", "100,100,0"));

    @Value("${local.server.port}")
    int port;

    @Value("${colonnade.data}")
    Path data;

    private PhreeqcWire wire;

    @BeforeEach
    void theOperatorInstallsBothDatabases() throws IOException {
        wire = new PhreeqcWire(port);
        var species = new ArrayList<Species>(CuratedDatabase.instance().database().species().stream()
                .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                .toList());
        install("dpronsbl", species);
        species.add(withoutData((Species.Aqueous)
                CuratedDatabase.instance().database().find("HAsO4-2").orElseThrow()));
        install("dpronsbl_ree", species);
    }

    private static Species withoutData(Species.Aqueous known) {
        var label = known.label();
        double marker = 999.9999;
        return new Species.Aqueous(
                new org.colonnade.geochemistry.supcrt.Label(
                        "HAsO3-2", "HAsO3-2", "HAsO3-2", label.reference(), label.date(), label.composition()),
                known.gibbs(),
                marker * 1e3,
                marker,
                marker / 10,
                marker * 1e2,
                marker,
                marker * 1e4,
                marker,
                marker * 1e4,
                marker * 1e5,
                -2,
                true);
    }

    private void install(String name, List<Species> species) throws IOException {
        var folder = Files.createDirectories(data.resolve("databases").resolve("supcrt"));
        Files.write(folder.resolve(name + ".dat"), DirectAccessWriter.write(species));
    }

    /** Other tests ask what happens without the second database. */
    @AfterEach
    void close() throws IOException {
        wire.close();
        Files.delete(data.resolve("databases").resolve("supcrt").resolve("dpronsbl_ree.dat"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "one state on an isobar | | -2.938",
                "isotherms by pressure | tabulationBaricOption=1; isothermsRange=100,100,0; presRange=500,1000,500 |"
                        + " -2.938 -2.865",
                "pairs of pressure and temperature, ended by zeros | tableIncrement=1;"
                        + " presTempPairs=500,100/1000,100/0,0 | -2.938 -2.865",
                "pairs of temperature and pressure, not ended | tabulationBaricOption=1; tableIncrement=1;"
                        + " tempPresPairs=100,500/100,1000 | -2.938 -2.865",
                "isochores | independentStateVar=0; tabulationChoricOption=0; isochoresRange=0.6,0.6,0;"
                        + " tempRange=400,400,0 | -1.668",
                "isotherms by density | independentStateVar=0; tabulationChoricOption=1; isothermsRange=400,400,0;"
                        + " dH2ORange=0.6,0.6,0 | -1.668",
                "pairs of density and temperature | independentStateVar=0; tabulationChoricOption=0; tableIncrement=1;"
                        + " dH2OTempPairs=0.6,400 | -1.668",
                "pairs of temperature and density | independentStateVar=0; tabulationChoricOption=1; tableIncrement=1;"
                        + " tempDH2OPairs=400,0.6 | -1.668",
                "saturation by temperature | solventPhase=1; lipVapSatVar=0; tempRange=373,373,0 | -2.482",
                "saturation, single temperatures | solventPhase=1; lipVapSatVar=0; tableIncrement=1;"
                        + " lipVapSatTempVal=373/0 | -2.482",
                "saturation by pressure | solventPhase=1; lipVapSatVar=1; presRange=85.83784,85.83784,0 | 300.000",
                "saturation, single pressures | solventPhase=1; lipVapSatVar=1; tableIncrement=1;"
                        + " lipVapSatPresVal=85.83784 | 300.000",
                "T of a log K | univariantCurveOption=0; univariantCalcOption=0; isobarsRange=500,500,0;"
                        + " logKRange=-3,-3,0; logKBoundingTempRange=5,400 | 92.076",
                "P of a log K | univariantCurveOption=0; univariantCalcOption=1; isothermsRange=100,100,0;"
                        + " logKRange=-2.9,-2.9,0; logKBoundingPresRange=1,5000 | 100.000",
            })
    @Tag("S.13")
    @Tag("S.14")
    @Tag("S.15")
    void everyWayToAskForStatesIsComputed(String way, @Nullable String changes, String numbers) throws Exception {
        String out = file(submitted(changes), ".out");
        assertThat(out).as(out).contains(numbers.split(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "outputFile= | 422 | outputFile | 1 to 16 letters and digits",
                "outputFile=12345678901234567 | 422 | outputFile | 1 to 16 letters and digits",
                "slopFile=slop98 | 400 | | 'slop98' is not supported! Supported are dpronsbl, dpronsbl_ree",
                "kalFormatOption=3 | 422 | kalFormatOption | from 0 to 2",
                "kalFormatOption=x | 422 | kalFormatOption | valid integer",
                "reactionOption=0 | 422 | reactFile | Field required",
                "reactionOption=2 | 422 | reactionOption | from 0 to 1",
                "solventPhase=2 | 422 | solventPhase | from 0 to 1",
                "reaction= | 422 | reaction | At least one reaction",
                "reaction=-1 QUARZ/1 SiO2,aq | 422 | reaction | line 1, column 4: QUARZ is not in the database"
                        + " dpronsbl; nearest are QUARTZ",
                "reaction=-1 QUARTZ/1 Na+ | 422 | reaction | not balanced: products minus reactants: Na +1, O -2, Si"
                        + " -1, charge +1",
                "reaction=-1,QUARTZ/1 SiO2,aq | 422 | reaction | line 1, column 3: has a comma in \"-1,QUARTZ\"",
                "reaction=x QUARTZ/1 SiO2,aq | 422 | reaction | where a coefficient is expected",
                "independentStateVar=2 | 422 | independentStateVar | from 0 to 1",
                "univariantCurveOption=7 | 422 | univariantCurveOption | from 0 to 1",
                "tableIncrement=2 | 422 | tableIncrement | from 0 to 1",
                "isobarsRange=500,1000 | 422 | isobarsRange | 3 finite numbers",
                "isobarsRange=500,NaN,1 | 422 | isobarsRange | NaN",
                "isobarsRange=500,1e999,1 | 422 | isobarsRange | 1e999",
                "tempRange=25,110,50 | 422 | tempRange | the nearest maximum is 75",
                "tempRange=25,110,0 | 422 | tempRange | never leads",
                "tempRange=25,110,-5 | 422 | tempRange | leads away",
                "tempRange=0,1000,0.5 | 422 | tempRange | at most 1000",
                "tableIncrement=1; presTempPairs= | 422 | presTempPairs | At least one line of 2 numbers",
                "tableIncrement=1; presTempPairs=500 | 422 | presTempPairs | 2 finite numbers",
                "solventPhase=1; lipVapSatVar=0; tempRange=374,374,0 | 422 | tempRange | 373.917 °C",
                "solventPhase=1; lipVapSatVar=1; presRange=221,221,0 | 422 | presRange | 220.46",
                "solventPhase=1; lipVapSatVar=0; tableIncrement=1; lipVapSatTempVal=100/374 | 422 | lipVapSatTempVal |"
                        + " 373.917 °C",
                "solventPhase=1; lipVapSatVar=2 | 422 | lipVapSatVar | from 0 to 1",
                "univariantCurveOption=0; univariantCalcOption=0; logKRange=-3,-3,0; logKBoundingTempRange=400,5 | 422"
                        + " | logKBoundingTempRange | minimum must be below",
                "slopFile=dpronsbl_ree; reaction=-1 HAsO3-2/1 HAsO4-2 | 422 | reaction | no thermodynamic data",
            })
    @Tag("S.14")
    @Tag("S.16")
    @Tag("S.19")
    void everyMistakeIsToldAtItsField(String changes, int status, @Nullable String field, String words)
            throws Exception {
        var answer = submit(changes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode body = PhreeqcWire.json(answer);
        if (field == null) {
            assertThat(body.get("status_code").asInt()).isEqualTo(status);
            assertThat(body.get("message").asString()).contains(words);
        } else {
            assertThat(body.at("/detail/0/loc/0").asString()).isEqualTo("body");
            assertThat(body.at("/detail/0/loc/1").asString()).isEqualTo(field);
            assertThat(body.at("/detail/0/msg").asString()).contains(words);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "outputFile", "slopFile", "kalFormatOption", "reactionOption", "solventPhase", "independentStateVar",
        "univariantCurveOption", "tabulationBaricOption", "tableIncrement", "isobarsRange", "tempRange", "reaction"
    })
    void aFieldThatIsMissingIsNamed(String name) throws Exception {
        var answer = submit(name + "=<none>");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(PhreeqcWire.json(answer).at("/detail/0/loc/1").asString()).isEqualTo(name);
    }

    @Test
    @Tag("S.12")
    void theSecondDatabaseWorksThroughTheForm() throws Exception {
        assertThat(file(submitted("slopFile=dpronsbl_ree"), ".out")).contains("-2.938");
    }

    @Test
    @Tag("S.16")
    void aCoefficientWithAnExponentIsReadAndWindowsLineEndsDoNoHarm() throws Exception {
        assertThat(file(submitted("reaction=-1e0 QUARTZ\r/1 SiO2,aq\r/\r/-1 H2O\r/1 H+\r/1 OH-"), ".out"))
                .contains("-2.938", "REACTION   2");
    }

    @Test
    @Tag("S.18")
    void twoEqualSubmissionsAreTwoRunsOfTheSameNumbers() throws Exception {
        String first = submitted("");
        String second = submitted("");
        assertThat(first).isNotEqualTo(second);
        assertThat(file(first, ".out")).isEqualTo(file(second, ".out"));
    }

    @Test
    void aRunIsCompletedWithItsTextsItsZipAndItsLog() throws Exception {
        // given: a uniform table with plot files, under a name with letters that are removed
        String id = submitted("outputFile=my run!; kalFormatOption=1; isobarsRange=500,1000,500; tempRange=25,425,100");
        // then
        JsonNode status = data("/status/" + id);
        assertThat(status.get("status").asString()).isEqualTo("completed");
        assertThat(status.get("message").asString()).isEqualTo("Process completed successfully");
        assertThat(status.get("experiment_id").asString()).isEqualTo(id);
        assertThat(status.get("timestamp").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
        var names = new ArrayList<String>();
        data("/result/" + id).forEach(each -> names.add(each.get("filename").asString()));
        assertThat(names).as("texts, no plot files").containsExactly("myrun.con", "myrun.out", "myrun.rxn");
        var zip = wire.bytes(DOOR + "/download/" + id);
        assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(zip.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("myrun.zip");
        assertThat(entries(zip.body()))
                .contains("myrun.con", "myrun.rxn", "myrun.out", "myrun.kxy", "myrun.gxy", "myrun.hxy", "myrun.sxy")
                .doesNotContain("run.log");
        assertThat(wire.get(DOOR + "/logs/" + id).body())
                .contains("=== input ===", "slopFile: dpronsbl", "=== output ===");
    }

    @Test
    void aLongTextIsCutAndAnUnknownRunIsNotFound() throws Exception {
        String id = submitted("isobarsRange=100,5000,100; tempRange=5,1000,5");
        for (JsonNode each : data("/result/" + id)) {
            if (each.get("filename").asString().endsWith(".out")) {
                assertThat(each.get("content").asString())
                        .hasSizeBetween(500_000, 500_200)
                        .contains("Output truncated");
            }
        }
        assertThat(data("/status/1747527439").get("status").asString()).isEqualTo("not_found");
        for (String part : List.of("/result/", "/download/", "/logs/")) {
            var answer = wire.get(DOOR + part + "1747527439");
            assertThat(answer.statusCode()).as(part).isEqualTo(404);
            assertThat(PhreeqcWire.json(answer).get("status_code").asInt()).isEqualTo(404);
        }
    }

    @Test
    void somebodyElsesRunIsNotThere() throws Exception {
        String id = submitted("");
        String[] other = {"Cookie", "colonnade-guest=" + "z".repeat(43)};
        assertThat(wire.get(DOOR + "/status/" + id, other).body()).contains("not_found");
        assertThat(wire.get(DOOR + "/result/" + id, other).statusCode()).isEqualTo(404);
        assertThat(wire.get(DOOR + "/download/" + id, other).statusCode()).isEqualTo(404);
        assertThat(wire.get(DOOR + "/logs/" + id, other).statusCode()).isEqualTo(404);
    }

    @Test
    @Tag("S.17")
    void theReactionsOfARunAreTakenAsAFile() throws Exception {
        String rxn = file(submitted("reaction=-1 CALCITE/-1 H+/1 Ca+2/1 HCO3-"), ".rxn");
        var form = form("reactionOption=0; reaction=<none>");
        form.put("reactFile/calcite.rxn", rxn.getBytes(StandardCharsets.ISO_8859_1));
        var answer = wire.form(DOOR, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String id = PhreeqcWire.json(answer).at("/data/experiment_id").asString();
        assertThat(file(id, ".out")).contains("CALCITE", "HCO3-");
        // and a file that is none
        form.put("reactFile/calcite.rxn", "not a reaction".getBytes(StandardCharsets.ISO_8859_1));
        var refused = wire.form(DOOR, form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(PhreeqcWire.json(refused).at("/detail/0/loc/1").asString()).isEqualTo("reactFile");
    }

    private String submitted(@Nullable String changes) throws Exception {
        var answer = submit(changes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = PhreeqcWire.json(answer).get("data");
        assertThat(body.get("status").asString()).isEqualTo("submitted");
        return body.get("experiment_id").asString();
    }

    private HttpResponse<String> submit(@Nullable String changes) throws Exception {
        return wire.form(DOOR, form(changes));
    }

    /** @param changes {@code name=value; name=value}, a slash for a line end */
    private static Map<String, byte[]> form(@Nullable String changes) {
        var form = new LinkedHashMap<>(FORM);
        for (String change : changes == null ? new String[0] : changes.split("; ")) {
            int equals = change.indexOf('=');
            if (equals > 0) {
                String value = change.substring(equals + 1);
                if (value.equals("<none>")) {
                    form.remove(change.substring(0, equals));
                } else {
                    form.put(change.substring(0, equals), value.replace('/', '\n'));
                }
            }
        }
        var parts = new LinkedHashMap<String, byte[]>();
        form.forEach((name, value) -> parts.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return parts;
    }

    private JsonNode data(String path) throws Exception {
        var answer = wire.get(DOOR + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return PhreeqcWire.json(answer).get("data");
    }

    private String file(String id, String ending) throws Exception {
        for (JsonNode each : data("/result/" + id)) {
            if (each.get("filename").asString().endsWith(ending)) {
                return each.get("content").asString();
            }
        }
        throw new AssertionError("No file " + ending);
    }

    private static List<String> entries(byte[] archive) throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
