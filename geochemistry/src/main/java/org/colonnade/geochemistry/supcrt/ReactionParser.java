package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.colonnade.geochemistry.supcrt.ReactionException.Problem;

/**
 * Reads reactions as people type them: terms {@code coefficient name} on lines of their own or parted by semicolons,
 * e.g. {@code -1 QUARTZ; 1 SiO2,aq}. Nothing is ever dropped: what cannot be read is an error with line and column.
 */
public final class ReactionParser {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
    private static final Pattern BLANK_LINE = Pattern.compile("(?>\\r\\n|\\r|\\n)[ \\t]*(?>\\r\\n|\\r|\\n)");
    private static final int LONGEST_NAME = 40;
    private static final int MOST_TERMS = 200;
    private static final double LARGEST = 1e6;

    private final Database database;

    public ReactionParser(Database database) {
        this.database = database;
    }

    /**
     * Reads one reaction and requires it to be balanced.
     *
     * @throws ReactionException if it cannot be read, a species is unknown or without data, or the balance fails
     */
    public Reaction parse(String title, String text) throws ReactionException {
        var reaction = parseUnbalanced(title, text);
        var balance = reaction.balance();
        if (!balance.isBalanced()) {
            throw new ReactionException(
                    Problem.UNBALANCED, 0, 0, "%s is not balanced: %s".formatted(title, balance.describe()), List.of());
        }
        return reaction;
    }

    /**
     * Reads one reaction whatever its balance.
     *
     * @throws ReactionException if it cannot be read, or a species is unknown or without data
     */
    public Reaction parseUnbalanced(String title, String text) throws ReactionException {
        var terms = new ArrayList<Reaction.Term>();
        var notes = new ArrayList<String>();
        int line = 0;
        for (String content : text.strip().isEmpty() ? new String[0] : text.split("\\r\\n|\\r|\\n", -1)) {
            line++;
            int start = 0;
            for (String part : content.split(";", -1)) {
                if (!part.isBlank()) {
                    terms.add(term(title, part, line, start, notes));
                    if (terms.size() > MOST_TERMS) {
                        throw error(title, Problem.NAME, line, start, "has more than " + MOST_TERMS + " terms");
                    }
                }
                start += part.length() + 1;
            }
        }
        if (terms.isEmpty()) {
            throw new ReactionException(Problem.EMPTY, 0, 0, title + " has no terms", List.of());
        }
        return new Reaction(title, terms, notes);
    }

    /** Texts of reactions parted by empty lines; carriage returns are understood. */
    public static List<String> blocks(String text) {
        return BLANK_LINE.splitAsStream(text).filter(block -> !block.isBlank()).toList();
    }

    private Reaction.Term term(String title, String part, int line, int offset, List<String> notes)
            throws ReactionException {
        int begin = 0;
        while (begin < part.length() && Character.isWhitespace(part.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < part.length() && !Character.isWhitespace(part.charAt(end))) {
            end++;
        }
        double coefficient = coefficient(title, part.substring(begin, end), line, offset + begin);
        int nameBegin = end;
        while (nameBegin < part.length() && Character.isWhitespace(part.charAt(nameBegin))) {
            nameBegin++;
        }
        var name = part.substring(nameBegin).stripTrailing();
        if (name.isEmpty()) {
            throw error(title, Problem.NAME, line, offset + end, "has a coefficient without a species after it");
        }
        if (name.length() > LONGEST_NAME) {
            throw error(
                    title,
                    Problem.NAME,
                    line,
                    offset + nameBegin,
                    "has a name of %d characters; names have at most 20".formatted(name.length()));
        }
        int blank = name.indexOf(' ') < 0 ? name.indexOf('\t') : name.indexOf(' ');
        if (blank >= 0) {
            throw error(
                    title,
                    Problem.NAME,
                    line,
                    offset + nameBegin + blank,
                    "has \"%s\" after %s: one term is one coefficient and one name; part terms by a semicolon or a line end"
                            .formatted(name.substring(blank).strip(), name.substring(0, blank)));
        }
        return new Reaction.Term(coefficient, species(title, name, line, offset + nameBegin, notes));
    }

    private double coefficient(String title, String text, int line, int column) throws ReactionException {
        if (NUMBER.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (value != 0 && Math.abs(value) <= LARGEST) {
                return value;
            }
            throw error(
                    title,
                    Problem.COEFFICIENT,
                    line,
                    column,
                    "has the coefficient %s; it must not be zero and not exceed a million".formatted(text));
        }
        var shown = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "…" : text;
        if (DECIMAL_COMMA.matcher(text).matches()) {
            throw error(title, Problem.COEFFICIENT, line, column, "has \"%s\": write a decimal point".formatted(shown));
        }
        int comma = text.indexOf(',');
        if (comma > 0 && NUMBER.matcher(text.substring(0, comma)).matches()) {
            throw error(
                    title,
                    Problem.COEFFICIENT,
                    line,
                    column + comma,
                    "has a comma in \"%s\": part coefficient and name by a blank".formatted(shown));
        }
        throw error(
                title,
                Problem.COEFFICIENT,
                line,
                column,
                "has \"%s\" where a coefficient is expected, such as -1 or 0.5".formatted(shown));
    }

    private Species species(String title, String name, int line, int column, List<String> notes)
            throws ReactionException {
        var found = database.findIgnoringCase(name);
        if (found.isEmpty()) {
            var nearest = database.nearest(name, 5);
            throw new ReactionException(
                    Problem.UNKNOWN_SPECIES,
                    line,
                    column + 1,
                    "%s, line %d, column %d: %s is not in the database %s; nearest are %s"
                            .formatted(title, line, column + 1, name, database.name(), String.join(", ", nearest)),
                    nearest);
        }
        var species = found.get();
        if (!species.hasData()) {
            throw error(
                    title,
                    Problem.NO_DATA,
                    line,
                    column,
                    "has %s, for which the database %s holds no thermodynamic data"
                            .formatted(species.name(), database.name()));
        }
        if (!species.name().equals(name)) {
            notes.add("%s is read as %s".formatted(name, species.name()));
        }
        return species;
    }

    private static ReactionException error(String title, Problem problem, int line, int column, String what) {
        return new ReactionException(
                problem,
                line,
                column + 1,
                "%s, line %d, column %d: %s".formatted(title, line, column + 1, what),
                List.of());
    }
}
