package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.PointFlag;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;

/**
 * log K of reactions over a net of temperatures and pressures, with its contours. The contour log K = 0 of a reaction of
 * solids is its univariant curve: several of them are a phase diagram.
 */
public final class LogKMap {

    /** More points are refused. */
    public static final int MOST_POINTS = 250_000;

    private final double[] celsius;
    private final double[] bar;
    private final Profile profile;
    private final Conditions conditions;
    private final ReactionTable table;

    private LogKMap(double[] celsius, double[] bar, Profile profile, Conditions conditions, ReactionTable table) {
        this.celsius = celsius;
        this.bar = bar;
        this.profile = profile;
        this.conditions = conditions;
        this.table = table;
    }

    /**
     * One map for each reaction; the states are computed once for all.
     *
     * @param celsius temperatures, °C, ascending
     * @param bar pressures, bar, ascending
     */
    public static List<LogKMap> of(List<Reaction> reactions, Profile profile, double[] celsius, double[] bar) {
        ascending("temperature", celsius);
        ascending("pressure", bar);
        if ((long) celsius.length * bar.length > MOST_POINTS) {
            throw new InputException("pressure", "A map has at most %d points".formatted(MOST_POINTS));
        }
        int n = celsius.length * bar.length;
        var t = new double[n];
        var p = new double[n];
        for (int i = 0; i < n; i++) {
            t[i] = celsius[i % celsius.length];
            p[i] = bar[i / celsius.length];
        }
        boolean wet = reactions.stream().anyMatch(Reaction::needsWater);
        boolean dry = !reactions.stream().allMatch(Reaction::needsWater);
        var wetAt = wet ? new Evaluation(Conditions.atPressure(t, p), profile) : null;
        var dryAt = dry ? new Evaluation(Conditions.dry(t, p), profile) : null;
        var maps = new ArrayList<LogKMap>();
        for (var reaction : reactions) {
            var at = reaction.needsWater() ? wetAt : dryAt;
            if (at != null) {
                maps.add(new LogKMap(celsius.clone(), bar.clone(), profile, at.conditions(), at.table(reaction)));
            }
        }
        return List.copyOf(maps);
    }

    /** As many values as are asked for, equally spaced, both ends included. */
    public static double[] steps(double from, double to, int count) {
        if (!(from < to) || count < 2) {
            throw new InputException("range", "%d values from %s to %s are no range".formatted(count, from, to));
        }
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i == count - 1 ? to : from + (to - from) * i / (count - 1);
        }
        return values;
    }

    private static void ascending(String name, double[] values) {
        if (values.length < 2) {
            throw new InputException(name, "A map needs at least two values of %s".formatted(name));
        }
        for (int i = 0; i < values.length; i++) {
            InputException.finite(name, values[i]);
            if (i > 0 && !(values[i - 1] < values[i])) {
                throw new InputException(name, "The values of %s must ascend".formatted(name));
            }
        }
    }

    public Reaction reaction() {
        return table.reaction();
    }

    /** °C. */
    public double[] celsius() {
        return celsius.clone();
    }

    /** bar. */
    public double[] bar() {
        return bar.clone();
    }

    /** log K at the t-th temperature and p-th pressure; NaN if there is none. */
    public double logK(int t, int p) {
        return table.logK(p * celsius.length + t);
    }

    /** What the value is worth. */
    public PointFlag flag(int t, int p) {
        return table.flag(p * celsius.length + t);
    }

    /** Density of water, g/cm³; NaN for reactions of solids and gases alone. */
    public double density(int t, int p) {
        return conditions.density(p * celsius.length + t);
    }

    /** The lines on which log K has this value; points lie on the net, where log K is exact to 1e-10 relative. */
    public List<Curve> contour(double logK) {
        return Contours.trace(celsius, bar, this::logK, logK, this::exact);
    }

    private double exact(double t, double p) {
        var at = reaction().needsWater()
                ? Conditions.atPressure(new double[] {t}, new double[] {p})
                : Conditions.dry(new double[] {t}, new double[] {p});
        return new Evaluation(at, profile).table(reaction()).logK(0);
    }
}
