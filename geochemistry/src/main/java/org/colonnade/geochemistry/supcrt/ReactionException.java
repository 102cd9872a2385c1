package org.colonnade.geochemistry.supcrt;

import java.util.List;

/** A reaction that cannot be computed, with the place in the text that says so. */
public final class ReactionException extends Exception {

    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final int line;
    private final int column;
    private final transient List<String> suggestions;

    /** What is wrong. */
    public enum Problem {
        EMPTY,
        COEFFICIENT,
        NAME,
        UNKNOWN_SPECIES,
        NO_DATA,
        UNBALANCED
    }

    ReactionException(Problem problem, int line, int column, String message, List<String> suggestions) {
        super(message);
        this.problem = problem;
        this.line = line;
        this.column = column;
        this.suggestions = List.copyOf(suggestions);
    }

    public Problem problem() {
        return problem;
    }

    /** Line of the text, from 1; 0 if the whole reaction is meant. */
    public int line() {
        return line;
    }

    /** Column in that line, from 1; 0 if the whole reaction is meant. */
    public int column() {
        return column;
    }

    /** Names that may have been meant. */
    public List<String> suggestions() {
        return suggestions;
    }
}
