package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.colonnade.testing.Asvs;
import org.junit.jupiter.api.Test;

/**
 * Writes docs/security/asvs.md: each requirement of OWASP ASVS 5.0, levels 1 and 2, about authentication, sessions,
 * authorisation and tokens, with the tests that prove it. A requirement that says it is tested fails without a test.
 */
class AsvsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PAGE = DOCS.resolve("security").resolve("asvs.md");
    private static final Path ACCEPTANCE =
            Path.of("..", "acceptance", "src", "test", "java", "org", "colonnade", "acceptance");

    private record Requirement(String number, int level, String words, String proof) {}

    @Test
    void everyRequirementIsProvedOrSaysWhyNot() throws Exception {
        Map<String, List<String>> tests = tests();
        List<Requirement> requirements = requirements();
        StringBuilder page = new StringBuilder(HEAD);
        List<String> missing = new ArrayList<>();
        for (Requirement requirement : requirements) {
            page.append("| %s | %d | %s | %s | %s |\n"
                    .formatted(
                            requirement.number(),
                            requirement.level(),
                            requirement.words(),
                            result(requirement),
                            proof(requirement, tests.getOrDefault(requirement.number(), List.of()), missing)));
        }
        assertThat(requirements.stream().map(Requirement::number))
                .as("requirements that tests name")
                .containsAll(tests.keySet());
        write(page.toString());
        assertThat(missing).as("requirements without the proof that they name").isEmpty();
    }

    private static final String HEAD = """
            # OWASP ASVS 5.0

            Levels 1 and 2 of the chapters on authentication, sessions, authorisation, self-contained tokens, and OAuth and OIDC, in our own
            words. Written by `AsvsTest` from the tests themselves; a test that is named here passed in every build that was green.

            | no. | level | requirement | result | proof |
            |---|---|---|---|---|
            """;

    private static String result(Requirement requirement) {
        return requirement.proof().startsWith("n/a: ")
                ? "–"
                : requirement.proof().startsWith("no: ") ? "**not met**" : "met";
    }

    private static String proof(Requirement requirement, List<String> tests, List<String> missing) throws IOException {
        String proof = requirement.proof();
        if (proof.equals("test")) {
            if (tests.isEmpty()) {
                missing.add(requirement.number() + " " + requirement.words());
                return "**no test**";
            }
            return String.join("<br>", tests);
        }
        if (proof.startsWith("acceptance:")) {
            String name = proof.substring("acceptance:".length());
            int hash = name.indexOf('#');
            Path file = ACCEPTANCE.resolve(name.substring(0, hash) + ".java");
            if (!Files.exists(file) || !Files.readString(file).contains(name.substring(hash + 1) + "(")) {
                missing.add(requirement.number() + " " + proof);
            }
            return "`" + name.replace('#', '.') + "`";
        }
        if (proof.startsWith("docs:")) {
            String name = proof.substring("docs:".length());
            if (!Files.exists(DOCS.resolve(name))) {
                missing.add(requirement.number() + " " + proof);
            }
            return "[" + name + "](../" + name + ")";
        }
        return proof.startsWith("n/a: ")
                ? "not applicable: " + proof.substring("n/a: ".length())
                : proof.substring("no: ".length());
    }

    private static List<Requirement> requirements() throws IOException {
        try (var in = AsvsTest.class.getResourceAsStream("asvs.tsv")) {
            if (in == null) {
                throw new IOException("asvs.tsv is missing");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(cells -> new Requirement(cells[0], Integer.parseInt(cells[1]), cells[2], cells[3]))
                    .toList();
        }
    }

    private static Map<String, List<String>> tests() throws Exception {
        Map<String, List<String>> tests = new TreeMap<>();
        Path root = Path.of("target", "test-classes");
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.class"))
                    .sorted()
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                Class<?> type = Class.forName(name, false, AsvsTest.class.getClassLoader());
                for (Method method : type.getDeclaredMethods()) {
                    Asvs asvs = method.getAnnotation(Asvs.class);
                    for (String number : asvs == null ? new String[0] : asvs.value()) {
                        tests.computeIfAbsent(number, n -> new ArrayList<>())
                                .add("`" + type.getSimpleName() + "." + method.getName() + "`");
                    }
                }
            }
        }
        tests.values().forEach(names -> names.sort(null));
        return tests;
    }

    private static void write(String text) throws IOException {
        if (Files.exists(PAGE) && Files.readString(PAGE).equals(text)) {
            return;
        }
        Files.createDirectories(PAGE.getParent());
        Files.writeString(PAGE, text);
        fail("docs/security/asvs.md was out of date and has been rewritten: commit it");
    }
}
