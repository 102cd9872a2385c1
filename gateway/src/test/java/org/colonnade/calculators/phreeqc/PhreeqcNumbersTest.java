package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/**
 * Numbers that the engine of the package phreeqc 1.1.1 gives with that package's own databases, through the API, the queue
 * and the sandbox. Each input runs once; each row of {@code expected.csv} is one test.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhreeqcNumbersTest {

    /** Numbers belong to the database file: the beginning of its SHA-256. */
    private static final Map<String, String> DIGESTS =
            Map.of("phreeqc.dat", "59373961d648", "pitzer.dat", "06ab2debc0cd", "wateq4f.dat", "7816c92eadd2");

    @Autowired
    Engines engines;

    @Autowired
    Databases databases;

    @Value("${local.server.port}")
    int port;

    private final Map<String, Map<String, JsonNode>> tables = new HashMap<>();
    private PhreeqcWire wire;

    @BeforeEach
    void open() {
        assumeTrue(engines.missing().isEmpty(), () -> engines.missing().orElse(""));
        DIGESTS.forEach(
                (name, digest) -> assertThat(databases.find(name).orElseThrow().sha256())
                        .as("these numbers belong to the packaged %s", name)
                        .startsWith(digest));
        if (wire == null) {
            wire = new PhreeqcWire(port);
        }
    }

    @AfterAll
    void close() {
        if (wire != null) {
            wire.close();
        }
    }

    @ParameterizedTest(name = "{0}: {4} in row {3} of {2}")
    @CsvFileSource(resources = "/phreeqc/expected.csv", numLinesToSkip = 1)
    void theInputsGiveTheirKnownNumbers(
            String example, String database, String file, int row, String quantity, double value, double tolerance)
            throws Exception {
        JsonNode table = table(tablesOf(example, database), file);
        assertThat(cell(table, row - 1, quantity)).isCloseTo(value, offset(tolerance));
    }

    private Map<String, JsonNode> tablesOf(String example, String database) throws Exception {
        if (!tables.containsKey(example)) {
            String id = wire.submit(Examples.find(example).orElseThrow().input(), database);
            JsonNode run = wire.ended(id);
            assertThat(run.get("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
            tables.put(example, tables(id));
        }
        return Objects.requireNonNull(tables.get(example));
    }

    private static JsonNode table(Map<String, JsonNode> tables, String name) {
        assertThat(tables).containsKey(name);
        return Objects.requireNonNull(tables.get(name));
    }

    private Map<String, JsonNode> tables(String id) throws IOException, InterruptedException {
        var found = new HashMap<String, JsonNode>();
        for (JsonNode table : PhreeqcWire.json(wire.get(PhreeqcWire.API + "/runs/" + id + "/tables"))) {
            found.put(
                    table.get("name").asString(),
                    PhreeqcWire.json(wire.get(table.get("href").asString())));
        }
        return found;
    }

    private static double cell(JsonNode table, int row, String column) {
        for (int i = 0; i < table.get("columns").size(); i++) {
            if (table.get("columns").get(i).get("name").asString().equals(column)) {
                return table.get("rows").get(row).get(i).asDouble();
            }
        }
        throw new AssertionError("No column " + column + " in " + table.get("columns"));
    }

    /** A point of the sweep: calcite and carbon dioxide in equilibrium with water, with or without salt. */
    private record Point(String database, double celsius, double logCo2, double salt, double[] expected) {

        String input() {
            String ions = salt == 0 ? "" : " Na %s\n Cl %s charge\n".formatted(salt, salt);
            return "SOLUTION 1\n units mmol/kgw\n temp %s\n pH 7%s\n%s"
                            .formatted(celsius, salt == 0 ? " charge" : "", ions)
                    + "EQUILIBRIUM_PHASES 1\n Calcite 0 10\n CO2(g) %s 10\nEND\n".formatted(logCo2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phreeqc.dat", "wateq4f.dat"})
    void theSweepOfCalciteAndCarbonDioxideGivesItsKnownNumbers(String database) throws Exception {
        // given
        List<Point> points = points(database);
        assertThat(points).hasSizeGreaterThan(20);
        var input = new StringBuilder("""
                SELECTED_OUTPUT 1
                 -reset false
                 -high_precision true
                 -state true
                 -pH true
                 -ionic_strength true
                 -totals Ca C(4)
                """);
        points.forEach(point -> input.append(point.input()));
        // when
        String id = wire.submit(input.toString(), database);
        assertThat(wire.ended(id).get("state").asString()).isEqualTo("COMPLETED");
        JsonNode table = table(tables(id), "selected_1.sel");
        // then
        List<Integer> reactions = IntStream.range(0, table.get("rows").size())
                .filter(row -> table.get("rows").get(row).get(0).asString().equals("react"))
                .boxed()
                .toList();
        assertThat(reactions).hasSameSizeAs(points);
        double worst = 0;
        for (int i = 0; i < points.size(); i++) {
            double[] expected = points.get(i).expected();
            int row = reactions.get(i);
            assertThat(cell(table, row, "pH")).as(points.get(i).input()).isCloseTo(expected[0], offset(0.002));
            for (int n = 1; n < 4; n++) {
                double actual =
                        cell(table, row, List.of("pH", "mu", "Ca", "C(4)").get(n));
                worst = Math.max(worst, Math.abs(actual / expected[n] - 1));
            }
        }
        System.out.printf("calcite_co2.csv, %s: worst relative deviation %.2g%n", database, worst);
        assertThat(worst).isLessThan(1e-3);
    }

    private static List<Point> points(String database) throws IOException {
        try (var content = PhreeqcNumbersTest.class.getResourceAsStream("/phreeqc/calcite_co2.csv")) {
            var points = new ArrayList<Point>();
            new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        String[] cells = line.split(",", -1);
                        double[] numbers = Arrays.stream(cells, 1, cells.length)
                                .mapToDouble(Double::parseDouble)
                                .toArray();
                        if (cells[0].equals(database)) {
                            points.add(new Point(
                                    cells[0], numbers[0], numbers[1], numbers[2], Arrays.copyOfRange(numbers, 3, 7)));
                        }
                    });
            return points;
        }
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvFileSource(resources = "/phreeqc/expected_errors.csv", numLinesToSkip = 1)
    void aWrongInputFailsWithPhreeqcsOwnWords(String example, String database, int exit, String status, String fragment)
            throws Exception {
        // given
        String input;
        try (var content = PhreeqcNumbersTest.class.getResourceAsStream("/phreeqc/" + example + ".pqi")) {
            input = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
        // when
        String id = wire.submit(input, database);
        JsonNode run = wire.ended(id);
        // then
        assertThat(run.get("state").asString()).isEqualTo("FAILED");
        assertThat(run.get("sentence").asString()).startsWith("ERROR");
        assertThat(run.get("errors").toString()).contains(fragment.replace("\"", "\\\""));
        assertThat(wire.get(PhreeqcWire.API + "/runs/" + id + "/output").body()).contains(fragment);
    }
}
