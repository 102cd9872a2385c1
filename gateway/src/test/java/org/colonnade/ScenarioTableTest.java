package org.colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every acceptance scenario of a contract has a test that names it; a page in the docs lists which. */
class ScenarioTableTest {

    private static final List<Path> TESTS = List.of(
            Path.of("src", "test", "java"),
            Path.of("..", "geochemistry", "src", "test", "java"),
            Path.of("..", "acceptance", "src", "test", "java"));

    private static final Pattern TAG = Pattern.compile("^    @Tag\\(\"([A-Z])\\.(\\d+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("^    (?:public )?void (\\w+)\\(");

    /**
     * A page, and the scenarios there are of each letter.
     *
     * @param letters what they stand for
     */
    record Contract(String page, String letters, SortedMap<String, IntStream> numbers) {

        private List<Scenario> scenarios() {
            return numbers.entrySet().stream()
                    .flatMap(part -> part.getValue().mapToObj(number -> new Scenario(part.getKey(), number)))
                    .toList();
        }

        @Override
        public String toString() {
            return page;
        }
    }

    static Stream<Contract> contracts() {
        return Stream.of(
                new Contract(
                        "geochemistry-scenarios.md",
                        "G are the scenarios of the calculators' contract, S those of SUPCRTBL's.",
                        new TreeMap<>(Map.of("G", IntStream.rangeClosed(1, 35), "S", IntStream.rangeClosed(1, 20)))),
                new Contract(
                        "certification-scenarios.md",
                        "R are the scenarios of the Run Registry's contract.",
                        new TreeMap<>(Map.of("R", IntStream.rangeClosed(1, 24)))),
                new Contract(
                        "clusters-scenarios.md",
                        "A are those scenarios of CyberGIS-Compute's contract that running on clusters has to show.",
                        new TreeMap<>(Map.of("A", IntStream.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 23, 25)))));
    }

    /** A scenario: by letter, then by number. */
    private record Scenario(String part, int number) implements Comparable<Scenario> {

        @Override
        public int compareTo(Scenario other) {
            int parts = part.compareTo(other.part);
            return parts != 0 ? parts : Integer.compare(number, other.number);
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyScenarioHasATestAndThePageNamesIt(Contract contract) throws IOException {
        var tests = new TreeMap<Scenario, Set<String>>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    read(file, contract.numbers().keySet(), tests);
                }
            }
        }
        assertThat(tests.keySet()).containsExactlyElementsOf(contract.scenarios());
        String head = """
            # Which test shows which scenario

            Written by `ScenarioTableTest` from the tags of the tests. %s

            | scenario | tests |
            |---|---|
            """.formatted(contract.letters());
        String actual =
                head + tests.entrySet().stream().map(ScenarioTableTest::line).collect(Collectors.joining());
        Path page = Path.of("..", "docs", "develop", contract.page());
        String documented = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, actual);
        assertThat(documented)
                .as("docs/develop/" + contract.page() + " was out of date and has been rewritten: commit it")
                .isEqualTo(actual);
    }

    private static String line(Map.Entry<Scenario, Set<String>> scenario) {
        return "| %s.%d | %s |%n"
                .formatted(
                        scenario.getKey().part(),
                        scenario.getKey().number(),
                        scenario.getValue().stream()
                                .map(test -> "`" + test + "`")
                                .collect(Collectors.joining(", ")));
    }

    private static void read(Path file, Set<String> letters, Map<Scenario, Set<String>> tests) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        var waiting = new ArrayList<Scenario>();
        for (String line : Files.readAllLines(file)) {
            var tag = TAG.matcher(line);
            if (tag.find() && letters.contains(tag.group(1))) {
                waiting.add(new Scenario(tag.group(1), Integer.parseInt(tag.group(2))));
            }
            var method = METHOD.matcher(line);
            if (method.find()) {
                waiting.forEach(scenario ->
                        tests.computeIfAbsent(scenario, s -> new TreeSet<>()).add(name + "." + method.group(1)));
                waiting.clear();
            }
        }
    }
}
