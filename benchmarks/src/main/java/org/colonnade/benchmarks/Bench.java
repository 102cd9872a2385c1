package org.colonnade.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.colonnade.benchmarks.certification.CertificationBenchmark;
import org.colonnade.benchmarks.clusters.ClustersBenchmark;
import org.colonnade.benchmarks.jobs.FaultsBenchmark;
import org.colonnade.benchmarks.jobs.JobsBenchmark;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./bench}: lists the benchmarks, or runs one and exits with 1 when it misses a target. */
public final class Bench {

    private static final List<Benchmark> BENCHMARKS = List.of(
            new ArchiveBenchmark(),
            new CalculatorsBenchmark(),
            new CertificationBenchmark(),
            new ClustersBenchmark(),
            new FaultsBenchmark(),
            new JobsBenchmark(),
            new SignInBenchmark(),
            new SupcrtBenchmark());

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<Measure> measures = new ArrayList<>();

    static void main(String[] args) throws Exception {
        boolean json = List.of(args).contains("--json");
        String name = List.of(args).stream()
                .filter(a -> !a.startsWith("-"))
                .findFirst()
                .orElse(null);
        System.exit(new Bench().start(name, json));
    }

    private int start(@Nullable String name, boolean json) throws Exception {
        if (name == null) {
            BENCHMARKS.forEach(b -> out.printf("%-16s %s%n", b.name(), b.title()));
            return 0;
        }
        for (Benchmark benchmark : BENCHMARKS) {
            if (benchmark.name().equals(name)) {
                return run(benchmark, json);
            }
        }
        System.err.println("There is no benchmark " + name + "; ./bench lists them.");
        return 2;
    }

    private int run(Benchmark benchmark, boolean json) throws Exception {
        // What a measured gateway prints is no figure.
        System.setOut(System.err);
        Path scratch = Files.createTempDirectory("colonnade-bench-");
        try {
            benchmark.run(json ? jsonReport() : tableReport(), scratch);
        } finally {
            delete(scratch);
        }
        if (!json) {
            printTable();
        }
        return measures.stream().anyMatch(m -> Boolean.FALSE.equals(m.holds())) ? 1 : 0;
    }

    private Report jsonReport() {
        var mapper = JsonMapper.shared();
        return new Report() {
            @Override
            public void add(Measure measure) {
                measures.add(measure);
                out.println(mapper.writeValueAsString(measure));
            }

            @Override
            public void note(String text) {
                System.err.println(text);
            }
        };
    }

    private Report tableReport() {
        return new Report() {
            @Override
            public void add(Measure measure) {
                measures.add(measure);
                System.err.println("… " + measure.measure());
            }

            @Override
            public void note(String text) {
                out.println(text);
            }
        };
    }

    private void printTable() {
        out.println("| measure | value | unit | peer | ratio | target | holds |");
        out.println("|---|---:|---|---|---:|---|---|");
        for (Measure m : measures) {
            out.printf(
                    "| %s | %s | %s | %s | %s | %s | %s |%n",
                    m.measure(),
                    Numbers.plain(m.value()),
                    m.unit(),
                    Objects.requireNonNullElse(m.peer(), "–"),
                    m.ratio() == null ? "–" : String.format(Locale.ROOT, "%.2f", m.ratio()),
                    Objects.requireNonNullElse(m.target(), "–"),
                    m.holds() == null ? "–" : m.holds() ? "yes" : "**no**");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
