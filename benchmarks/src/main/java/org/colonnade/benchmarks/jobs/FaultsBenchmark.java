package org.colonnade.benchmarks.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.colonnade.benchmarks.Benchmark;
import org.colonnade.benchmarks.Measure;
import org.colonnade.benchmarks.Report;
import org.colonnade.benchmarks.clusters.ClusterFaults;

/** The long form of the fault tests; writes {@code docs/fault-report.md}. */
public final class FaultsBenchmark implements Benchmark {

    private static final Path REPORT = Path.of("docs", "fault-report.md");

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String title() {
        return "nothing lost and nothing done twice while processes, connections and the server die";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        Duration each = Duration.ofSeconds(Integer.getInteger("faults.seconds", 15));
        var text = new StringBuilder("""
                # What the job engine does under faults

                Written by `./bench faults` on %s. Worker processes run the engine on a PostgreSQL with fsync, full_page_writes
                and synchronous_commit on; two clients submit all the time, under keys, and ask again when they get no answer.
                Each fault is inflicted for %d s. At the end every job that was acknowledged must exist and have ended (else it
                is *lost*); have exactly one side effect, and one job per key (else *doubled*); have the state and result that
                clients were told before (else *contradicted*); and its events must be one unbroken chain (else *broken*).

                | fault | inflicted | what came of it | holds |
                |---|---:|---|---|
                """.formatted(LocalDate.now(ZoneOffset.UTC), each.toSeconds()));
        for (Faults.Fault fault : Faults.Fault.values()) {
            Faults.Outcome outcome = Faults.run(fault, each, scratch.resolve(fault.name()));
            report.note(outcome.fault() + ": " + outcome.counts());
            report.add(new Measure(
                    fault.words, outcome.strikes(), "times", null, null, "0 lost, 0 double", outcome.holds()));
            text.append("| %s | %d | %s | %s |%n"
                    .formatted(
                            fault.words,
                            outcome.strikes(),
                            outcome.counts().replaceAll("^Verdict\\[|]$", "").replace("=", " "),
                            outcome.holds() ? "yes" : "**no**"));
        }
        text.append(ClusterFaults.section(report, scratch.resolve("clusters"), Integer.getInteger("faults.jobs", 2)));
        Files.writeString(REPORT, text);
    }
}
