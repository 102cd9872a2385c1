package org.colonnade.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every acceptance scenario of the geochemistry column has a test that names it; the page in the docs lists which. */
class ScenarioTableTest {

    private static final Path PAGE = Path.of("..", "docs", "develop", "geochemistry-scenarios.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src", "test", "java"),
            Path.of("..", "geochemistry", "src", "test", "java"),
            Path.of("..", "acceptance", "src", "test", "java"));
    private static final int GATEWAY = 35;
    private static final int SUPCRT = 20;

    private static final Pattern TAG = Pattern.compile("^    @Tag\\(\"([GS])\\.(\\d+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("^    (?:public )?void (\\w+)\\(");

    private static final String HEAD = """
        # Which test shows which scenario

        Written by `ScenarioTableTest` from the tags of the tests. G are the scenarios of the calculators' contract, S those of SUPCRTBL's.

        | scenario | tests |
        |---|---|
        """;

    /** A scenario: G before S, then by number. */
    private record Scenario(String part, int number) implements Comparable<Scenario> {

        @Override
        public int compareTo(Scenario other) {
            int parts = part.compareTo(other.part);
            return parts != 0 ? parts : Integer.compare(number, other.number);
        }
    }

    @Test
    void everyScenarioHasATestAndThePageNamesIt() throws IOException {
        var tests = new TreeMap<Scenario, Set<String>>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                    read(file, tests);
                }
            }
        }
        assertThat(tests.keySet())
                .containsExactlyElementsOf(Stream.concat(
                                IntStream.rangeClosed(1, GATEWAY).mapToObj(n -> new Scenario("G", n)),
                                IntStream.rangeClosed(1, SUPCRT).mapToObj(n -> new Scenario("S", n)))
                        .toList());
        String actual =
                HEAD + tests.entrySet().stream().map(ScenarioTableTest::line).collect(Collectors.joining());
        String documented = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        Files.writeString(PAGE, actual);
        assertThat(documented)
                .as("docs/develop/geochemistry-scenarios.md was out of date and has been rewritten: commit it")
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

    private static void read(Path file, Map<Scenario, Set<String>> tests) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        var waiting = new ArrayList<Scenario>();
        for (String line : Files.readAllLines(file)) {
            var tag = TAG.matcher(line);
            if (tag.find()) {
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
