package org.colonnade.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.geochemistry.supcrt.UnivariantSearch;

/**
 * SUPCRT thermodynamics on one thread, beside the figures that the Fortran program SUPCRTBL reached on the same class of
 * machine (two cores under load, best of three): 0.22 ms for a state of water, 3.5 µs for a point of a further reaction,
 * 4 ms for a univariant search, 3.8 s for 40 reactions at 10,000 states.
 */
final class SupcrtBenchmark implements Benchmark {

    private static final String PEER = "SUPCRTBL";
    private static final int ROUNDS = 7;

    /** What the measured code computed, so that it cannot be left out. */
    private double sink;

    @Override
    public String name() {
        return "supcrt";
    }

    @Override
    public String title() {
        return "SUPCRT: water, reactions on a shared grid, univariant search";
    }

    @Override
    public void run(Report report, Path scratch) throws Exception {
        var parser = new ReactionParser(CuratedDatabase.instance().database());
        var grid = new Grid.Uniform(Grid.Axes.ISOBARS, new Range(100, 5000, 49), new Range(5, 995, 10));
        var reactions = reactions();
        var quartz = parser.parse("quartz", "-1 QUARTZ; 1 SiO2,aq");

        double water = best(() -> {
            var states = grid.conditions(true);
            sink += states.density(0);
            return states.size();
        });
        report.add(Measure.atLeast("water states", water, "1/s", 20_000));
        report.add(Measure.against("water states", water, "1/s", PEER, 1 / 0.22e-3, 4));

        Conditions states = grid.conditions(true);
        double points = best(() -> {
            var evaluation = new Evaluation(states, Profile.COMPATIBLE);
            for (Reaction reaction : reactions) {
                sink += evaluation.table(reaction).gibbs(0);
            }
            return states.size() * reactions.size();
        });
        report.add(Measure.atLeast("reaction points on a shared grid", points, "1/s", 1_000_000));
        report.add(Measure.against("reaction points on a shared grid", points, "1/s", PEER, 1 / 3.5e-6, 3));

        double runs = best(() -> {
            var evaluation = new Evaluation(grid.conditions(true), Profile.COMPATIBLE);
            for (Reaction reaction : reactions) {
                sink += evaluation.table(reaction).gibbs(0);
            }
            return 1;
        });
        report.add(Measure.against("runs of 40 reactions at 10,000 states", runs, "1/s", PEER, 1 / 3.8, 4));

        var search = new UnivariantSearch(quartz, Profile.COMPATIBLE);
        double searches = best(() -> {
            int count = 0;
            for (double pressure = 500; pressure <= 2000; pressure += 100) {
                for (double target = -4; target <= -2; target += 0.25) {
                    sink += search.find(UnivariantSearch.Variable.TEMPERATURE, pressure, target, 5, 400)
                            .lowest();
                    count++;
                }
            }
            return count;
        });
        report.add(Measure.atMost("univariant search", 1e3 / searches, "ms", 1));
        report.add(Measure.against("univariant searches", searches, "1/s", PEER, 250, 4));
        report.note(String.format(
                Locale.ROOT,
                "One thread, best of %d rounds; every species computed once a grid (checksum %.6g).",
                ROUNDS,
                sink));
    }

    /** Forty combinations of a mineral, two dissolved species and water; what they mean does not matter here. */
    private static List<Reaction> reactions() {
        var all = CuratedDatabase.instance().database().species();
        var minerals =
                all.stream().filter(s -> s.kind() == Species.Kind.MINERAL).toList();
        var dissolved =
                all.stream().filter(s -> s.kind() == Species.Kind.AQUEOUS).toList();
        var reactions = new ArrayList<Reaction>();
        for (int i = 0; i < 40; i++) {
            reactions.add(Reaction.of(
                    "reaction " + i,
                    List.of(
                            new Reaction.Term(-1, minerals.get(i % minerals.size())),
                            new Reaction.Term(-2, dissolved.get(i % dissolved.size())),
                            new Reaction.Term(1, dissolved.get((i + 7) % dissolved.size())),
                            new Reaction.Term(1, Species.Water.H2O))));
        }
        return reactions;
    }

    /** Operations a second in the best of some rounds of at least a third of a second. */
    private static double best(IntSupplier work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long count = 0;
            long start = System.nanoTime();
            long elapsed;
            do {
                count += work.getAsInt();
                elapsed = System.nanoTime() - start;
            } while (elapsed < 333_000_000);
            best = Math.max(best, count / (elapsed / 1e9));
        }
        return best;
    }
}
