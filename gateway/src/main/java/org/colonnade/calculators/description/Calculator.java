package org.colonnade.calculators.description;

import java.util.List;
import java.util.Optional;

/** A calculator. A bean of this type appears in the menu, at {@code /calculators/<key>} and in the API. Thread-safe. */
public interface Calculator {

    /** Stable and short, e.g. {@code co2}; part of addresses. */
    String key();

    String title();

    /** One sentence that says what it is for. */
    String sentence();

    /** Each with a default that computes something sensible at once. */
    List<Input> inputs();

    List<Output> outputs();

    /** Which outputs a plot shows together; the first group is shown first. */
    List<PlotGroup> plots();

    /** What the plot of the page shows at first. */
    DefaultSweep defaultSweep();

    /** Plots worth a click, beside the one that the page shows at first. */
    default List<Preset> presets() {
        return List.of();
    }

    /** The input that chooses among models of the same thing: what lies between two of them is drawn as a band. */
    default Optional<String> modelInput() {
        return Optional.empty();
    }

    /** A table beside the result of a point, if there is one. */
    default Optional<Details> details(Values values) {
        return Optional.empty();
    }

    /** What is not known, for the page. */
    List<String> unknowns();

    /**
     * One point.
     *
     * @throws org.colonnade.geochemistry.InputException when an input is wrong, with a sentence that says why
     */
    Answer compute(Values values);

    /** How rows of a CSV are computed. */
    Batch batch();

    /**
     * A plot under a name.
     *
     * @param sweep what varies
     * @param plot the name of the group that is shown
     */
    record Preset(String label, DefaultSweep sweep, String plot) {}

    /** Outputs of one unit that belong into one plot. */
    record PlotGroup(String name, String label, List<String> outputs, boolean log) {}
}
