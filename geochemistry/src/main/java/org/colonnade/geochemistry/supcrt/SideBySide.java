package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One reaction with the data of several databases at the same states.
 *
 * @param text the reaction as typed
 * @param columns one per database, in the order given
 */
public record SideBySide(String text, List<Column> columns) {

    /**
     * What one database makes of the reaction: a table, or why there is none.
     *
     * @param database its name
     * @param table empty if the database lacks a species or the reaction is not balanced with its formulas
     * @param problem what is wrong; empty if there is a table
     */
    public record Column(String database, Optional<ReactionTable> table, Optional<ReactionException> problem) {}

    public SideBySide {
        columns = List.copyOf(columns);
    }

    /**
     * Computes the reaction with each database.
     *
     * @param conditions with water if any database takes the reaction to need it
     */
    public static SideBySide of(String text, List<Database> databases, Conditions conditions, Profile profile) {
        var columns = new ArrayList<Column>();
        for (var database : databases) {
            try {
                var reaction = new ReactionParser(database).parse("Reaction", text);
                var table = new Evaluation(conditions, profile).table(reaction);
                columns.add(new Column(database.name(), Optional.of(table), Optional.empty()));
            } catch (ReactionException e) {
                columns.add(new Column(database.name(), Optional.empty(), Optional.of(e)));
            }
        }
        return new SideBySide(text, columns);
    }

    /**
     * Largest minus smallest log K of a row among the databases that have one; NaN if fewer than two have.
     */
    public double spread(int row) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int count = 0;
        for (var column : columns) {
            double logK = column.table().map(t -> t.logK(row)).orElse(Double.NaN);
            if (!Double.isNaN(logK)) {
                lowest = Math.min(lowest, logK);
                highest = Math.max(highest, logK);
                count++;
            }
        }
        return count < 2 ? Double.NaN : highest - lowest;
    }
}
