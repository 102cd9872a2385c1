package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.LogKFit;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionException;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.web.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The reactions that a person typed, one by one: read, balanced, and described.
 *
 * @param balanced those that can be computed
 * @param cards all that could be read
 * @param problems why the others could not
 */
record ReactionCards(List<Reaction> balanced, List<Card> cards, List<String> problems) {

    /**
     * A reaction as the page lists it.
     *
     * @param equation as one writes it on paper
     * @param text as it is typed
     * @param balance in words
     * @param completed with water, protons and electrons; null if it is balanced or cannot be
     * @param values at 25 °C and 1 bar
     */
    record Card(
            String title,
            String equation,
            String text,
            boolean balanced,
            String balance,
            List<String> notes,
            @Nullable String completed,
            List<Value> values,
            @Nullable Fit phreeqc) {

        /** Its place among the reactions, counted from 1. */
        public String titleNumber() {
            return title.substring(title.lastIndexOf(' ') + 1);
        }
    }

    /** A number with what it is and its unit. */
    record Value(String label, String number, String unit) {}

    /**
     * Lines for a PHREEQC database.
     *
     * @param error the largest distance of the function from what it was fitted to
     */
    record Fit(String lines, String error) {}

    static ReactionCards of(Database database, String typed, boolean calories) {
        var parser = new ReactionParser(database);
        var balanced = new ArrayList<Reaction>();
        var cards = new ArrayList<Card>();
        var problems = new ArrayList<String>();
        for (String block : ReactionParser.blocks(typed)) {
            var title = "Reaction " + (cards.size() + problems.size() + 1);
            try {
                var reaction = parser.parseUnbalanced(title, block);
                if (reaction.balance().isBalanced()) {
                    balanced.add(reaction);
                }
                cards.add(card(title, reaction, database, calories));
            } catch (ReactionException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new ReactionCards(balanced, cards, problems);
    }

    private static Card card(String title, Reaction reaction, Database database, boolean calories) {
        var balance = reaction.balance();
        boolean isBalanced = balance.isBalanced();
        var completion = reaction.complete(database);
        String completed = !isBalanced && completion.remaining().isBalanced()
                ? completion.reaction().text()
                : null;
        var reference = isBalanced ? at25(reaction) : null;
        return new Card(
                title,
                Equation.of(reaction),
                reaction.text(),
                isBalanced,
                balance.describe(),
                reaction.notes(),
                completed,
                reference == null ? List.of() : values(reference, calories),
                reference == null ? null : phreeqc(reaction, reference));
    }

    static ReactionTable at25(Reaction reaction) {
        var t = new double[] {25};
        var p = new double[] {1};
        var state = reaction.needsWater() ? Conditions.atPressure(t, p) : Conditions.dry(t, p);
        return new Evaluation(state, Profile.COMPATIBLE).table(reaction);
    }

    private static List<Value> values(ReactionTable table, boolean calories) {
        return Property.all().stream()
                .map(p -> {
                    double value = p.value(table, 0, calories);
                    return new Value(
                            p.label(),
                            Double.isFinite(value) ? Numbers.plain(Math.round(value * 1e5) / 1e5) : "no value",
                            p.symbol(calories));
                })
                .toList();
    }

    private static @Nullable Fit phreeqc(Reaction reaction, ReactionTable reference) {
        if (!reference.flag(0).hasAll()) {
            return null;
        }
        var line = new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(5, 300, 5));
        var fit = LogKFit.of(new Evaluation(line.conditions(true), Profile.COMPATIBLE).table(reaction));
        return new Fit(fit.phreeqc(reference), Numbers.plain(Double.parseDouble("%.2g".formatted(fit.largestError()))));
    }
}
