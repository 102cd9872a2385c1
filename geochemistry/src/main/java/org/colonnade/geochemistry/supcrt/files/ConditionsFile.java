package org.colonnade.geochemistry.supcrt.files;

import java.util.ArrayList;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Grid.Axes;
import org.colonnade.geochemistry.supcrt.Grid.SaturationVariable;
import org.colonnade.geochemistry.supcrt.Range;

/** Reads and writes .con files: option switches and the states to tabulate. */
public final class ConditionsFile {

    private static final int HEADER = 4;
    private static final int MOST_PAIRS = 1000;

    private ConditionsFile() {}

    /**
     * @throws FileException if the file is cut, a number cannot be read or the switches contradict each other
     */
    public static Tabulation read(String text) throws FileException {
        var lines = new Lines(text);
        lines.skip(HEADER, "the comment lines");
        var s = lines.integers(5, "isat, iopt, iplot, univar, noninc");
        boolean saturation = s[0] == 1;
        if (s[0] < 0 || s[0] > 1 || s[1] < 1 || s[1] > 2 || s[2] < 1 || s[2] > 3 || s[4] < 0 || s[4] > MOST_PAIRS) {
            throw new FileException(lines.number(), "the option switches are out of range");
        }
        if (saturation) {
            var variable = s[1] == 1 ? SaturationVariable.TEMPERATURE : SaturationVariable.PRESSURE;
            if (s[4] == 0) {
                return new Tabulation.Table(new Grid.Saturation(variable, range(lines, "v2min, v2max, v2inc")));
            }
            var values = new ArrayList<Double>();
            for (int i = 0; i < s[4]; i++) {
                values.add(lines.numbers(1, "a value of the saturation variable")[0]);
            }
            return new Tabulation.Table(new Grid.SaturationList(variable, values));
        }
        var axes = axes(s[1], s[2]);
        if (s[4] > 0) {
            var pairs = new ArrayList<double[]>();
            for (int i = 0; i < s[4]; i++) {
                pairs.add(lines.numbers(2, "a pair of values"));
            }
            return new Tabulation.Table(new Grid.Pairs(axes, pairs));
        }
        var isopleths = range(lines, "isomin, isomax, isoinc");
        if (s[3] == 1) {
            if (axes.byDensity()) {
                throw new FileException(lines.number(), "univariant curves need temperature and pressure (iopt = 2)");
            }
            var logK = range(lines, "Kmin, Kmax, Kinc");
            var bounds = lines.numbers(2, "v2min, v2max");
            return new Tabulation.Univariant(axes, isopleths, logK, bounds[0], bounds[1]);
        }
        return new Tabulation.Table(new Grid.Uniform(axes, isopleths, range(lines, "v2min, v2max, v2inc")));
    }

    private static Axes axes(int iopt, int iplot) {
        if (iopt == 1) {
            return iplot == 2 ? Axes.ISOTHERMS_BY_DENSITY : Axes.ISOCHORES;
        }
        return iplot == 2 ? Axes.ISOTHERMS : Axes.ISOBARS;
    }

    private static Range range(Lines lines, String what) throws FileException {
        var n = lines.numbers(3, what);
        return new Range(n[0], n[1], n[2]);
    }

    /** The five switches of a tabulation: isat, iopt, iplot, univar, noninc. */
    static int[] switches(Tabulation tabulation) {
        return switch (tabulation) {
            case Tabulation.Univariant u -> new int[] {0, 2, u.axes().isothermal() ? 2 : 1, 1, 0};
            case Tabulation.Table table ->
                switch (table.grid()) {
                    case Grid.Uniform g -> onePhase(g.axes(), 0);
                    case Grid.Pairs g -> onePhase(g.axes(), g.values().size());
                    case Grid.Saturation g -> saturation(g.variable(), 0);
                    case Grid.SaturationList g ->
                        saturation(g.variable(), g.values().size());
                };
        };
    }

    private static int[] onePhase(Axes axes, int count) {
        return new int[] {0, axes.byDensity() ? 1 : 2, axes.isothermal() ? 2 : 1, 0, count};
    }

    private static int[] saturation(SaturationVariable variable, int count) {
        return new int[] {1, variable == SaturationVariable.TEMPERATURE ? 1 : 2, 3, 0, count};
    }

    /** The file of a tabulation. */
    public static String write(Tabulation tabulation) {
        var body = new ArrayList<String>();
        var comment = new ArrayList<String>();
        comment.add(" Line 1 (free format): isat, iopt, iplot, univar, noninc");
        switch (tabulation) {
            case Tabulation.Univariant u -> {
                comment.add(" Line 2 (free format): isomin, isomax, isoinc");
                comment.add(" Line 3 (free format): Kmin, Kmax, Kinc");
                comment.add(" Line 4 (free format): v2min, v2max");
                body.add(line(u.isopleths()));
                body.add(line(u.logK()));
                body.add(line(u.from(), u.to()));
            }
            case Tabulation.Table table -> {
                switch (table.grid()) {
                    case Grid.Uniform g -> {
                        comment.add(" Line 2 (free format): isomin, isomax, isoinc");
                        comment.add(" Line 3 (free format): v2min, v2max, v2inc");
                        body.add(line(g.isopleths()));
                        body.add(line(g.steps()));
                    }
                    case Grid.Pairs g -> {
                        comment.add(" Lines i=2..%2d (free format): oddv1(i), oddv2(i)"
                                .formatted(g.values().size() + 1));
                        g.values().forEach(pair -> body.add(line(pair)));
                    }
                    case Grid.Saturation g -> {
                        comment.add(" Line 2 (free format): v2min, v2max, v2inc");
                        body.add(line(g.range()));
                    }
                    case Grid.SaturationList g -> {
                        comment.add(" Lines i=2..%2d (free format): oddv1(i)"
                                .formatted(g.values().size() + 1));
                        g.values().forEach(value -> body.add(line(value)));
                    }
                }
            }
        }
        while (comment.size() < HEADER) {
            comment.add("*".repeat(66));
        }
        var switches = new StringBuilder();
        for (int each : switches(tabulation)) {
            switches.append(String.format(Locale.ROOT, " %3d", each));
        }
        comment.add(switches.toString());
        comment.addAll(body);
        return String.join("\n", comment) + "\n";
    }

    private static String line(Range range) {
        return line(range.min(), range.max(), range.increment());
    }

    private static String line(double... values) {
        var text = new StringBuilder();
        for (double value : values) {
            text.append(String.format(Locale.ROOT, "%26s", value));
        }
        return text.toString();
    }
}
