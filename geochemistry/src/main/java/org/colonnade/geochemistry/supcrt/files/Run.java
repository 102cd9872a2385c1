package org.colonnade.geochemistry.supcrt.files;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.UnivariantSearch;

/**
 * Reactions and a tabulation, computed: what the .out and plot files show.
 *
 * @param database name of the database used
 * @param tabulation what was asked for
 * @param reactions in order
 * @param tables one per reaction, for a table of states; empty for univariant curves
 * @param curves one per reaction, for univariant curves; empty otherwise
 */
public record Run(
        String database,
        Tabulation tabulation,
        List<Reaction> reactions,
        List<ReactionTable> tables,
        List<List<CurvePoint>> curves) {

    /**
     * A point of a univariant curve.
     *
     * @param isopleth pressure (bar) or temperature (°C) held
     * @param target log K
     * @param found temperature or pressure; NaN if the target is not met
     * @param row properties there, one row; properties at the upper bound if the target is not met
     * @param lowest lowest log K met in the search
     * @param highest highest log K met
     */
    public record CurvePoint(
            double isopleth, double target, double found, ReactionTable row, double lowest, double highest) {}

    public Run {
        reactions = List.copyOf(reactions);
        tables = List.copyOf(tables);
        curves = List.copyOf(curves);
    }

    /** Computes everything. */
    public static Run of(String database, Tabulation tabulation, List<Reaction> reactions, Profile profile) {
        boolean wet = reactions.stream().anyMatch(Reaction::needsWater);
        return switch (tabulation) {
            case Tabulation.Table table -> {
                var evaluation = new Evaluation(table.grid().conditions(wet), profile);
                yield new Run(
                        database,
                        tabulation,
                        reactions,
                        reactions.stream().map(evaluation::table).toList(),
                        List.of());
            }
            case Tabulation.Univariant u ->
                new Run(
                        database,
                        tabulation,
                        reactions,
                        List.of(),
                        reactions.stream().map(r -> curve(u, r, profile)).toList());
        };
    }

    private static List<CurvePoint> curve(Tabulation.Univariant u, Reaction reaction, Profile profile) {
        boolean isotherms = u.axes() == Grid.Axes.ISOTHERMS;
        var search = new UnivariantSearch(reaction, profile);
        var variable = isotherms ? UnivariantSearch.Variable.PRESSURE : UnivariantSearch.Variable.TEMPERATURE;
        var points = new ArrayList<CurvePoint>();
        for (double isopleth : u.isopleths().values(u.axes().isopleth(), Grid.MOST_VALUES)) {
            for (double target : u.logK().values("logK", Grid.MOST_VALUES)) {
                var outcome = search.find(variable, isopleth, target, u.from(), u.to());
                var roots = outcome.roots().isEmpty() ? List.of(Double.NaN) : outcome.roots();
                for (double root : roots) {
                    double at = Double.isNaN(root) ? u.to() : root;
                    var t = new double[] {isotherms ? isopleth : at};
                    var p = new double[] {isotherms ? at : isopleth};
                    var state = reaction.needsWater() ? Conditions.atPressure(t, p) : Conditions.dry(t, p);
                    var row = new Evaluation(state, profile).table(reaction);
                    points.add(new CurvePoint(isopleth, target, root, row, outcome.lowest(), outcome.highest()));
                }
            }
        }
        return points;
    }

    /** True if water was computed, so that densities can be shown. */
    public boolean wet() {
        return reactions.stream().anyMatch(Reaction::needsWater);
    }
}
