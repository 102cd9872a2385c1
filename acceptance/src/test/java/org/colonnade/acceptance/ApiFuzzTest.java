package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Schemathesis makes requests from the OpenAPI document, good ones and bad ones, and checks that no answer is an error of
 * ours and that every answer is one that the document promises: status, type of content, headers and schema. {@code ./test
 * --fuzz} makes at least 10,000 requests, an ordinary run some thousands.
 */
class ApiFuzzTest {

    private static final String VERSION = "4.32.5";
    private static final int LONG = 100;
    private static final Pattern GENERATED = Pattern.compile("(\\d+) generated");
    private static final Path TOOLS =
            Path.of(System.getProperty("user.home"), ".cache", "colonnade", "schemathesis-" + VERSION);

    @Test
    void noRequestThatCanBeMadeFromTheDescriptionBreaksTheServer() throws Exception {
        int examples = Integer.getInteger("colonnade.fuzz.examples", 10);
        // It is put together when it is first asked for, and the tool waits for ten seconds.
        Gateway.shared().uri("/v3/api-docs").toURL().openStream().close();
        var run = run(
                examples < LONG ? 5 : 60,
                TOOLS.resolve("bin/schemathesis").toString(),
                "run",
                Gateway.shared().uri("/v3/api-docs").toString(),
                // Rules between several inputs, such as a balanced reaction, are not in a schema: 422 or 400 says so.
                // And
                // OPTIONS counts in what /calculators/{name} can do where only the page of one calculator is described.
                "--exclude-checks",
                "positive_data_acceptance,allow_header_conformance",
                "--include-path-regex",
                "^/api/v1/",
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                Integer.toString(examples),
                "--exclude-path-regex",
                "/live$",
                "--seed",
                "20261123",
                "--suppress-health-check",
                "all",
                "--request-timeout",
                "30",
                "--no-color");
        assertThat(run.status()).as(run.output()).isZero();
        long requests = requests(run.output());
        System.out.println("Schemathesis made " + requests + " requests.");
        assertThat(requests).as(run.output()).isGreaterThan(examples < LONG ? 1_000 : 10_000);
    }

    private static long requests(String output) {
        Matcher told = GENERATED.matcher(output);
        assertThat(told.find()).as(output).isTrue();
        return Long.parseLong(told.group(1));
    }

    private record Run(int status, String output) {}

    private static Run run(int minutes, String... command) throws IOException, InterruptedException {
        if (!Files.isExecutable(TOOLS.resolve("bin/schemathesis"))) {
            install();
        }
        return execute(minutes, command);
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(TOOLS.getParent());
        assertThat(execute(2, "python3", "-m", "venv", TOOLS.toString()).status())
                .isZero();
        Run pip = execute(
                5, TOOLS.resolve("bin/pip").toString(), "install", "-q", "--no-input", "schemathesis==" + VERSION);
        assertThat(pip.status()).as(pip.output()).isZero();
    }

    private static Run execute(int minutes, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("colonnade-fuzz-", ".log");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return new Run(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
