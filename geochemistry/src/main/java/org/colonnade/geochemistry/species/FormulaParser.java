package org.colonnade.geochemistry.species;

import java.util.Map;
import java.util.TreeMap;

/** A parser by recursive descent over groups in brackets; the depth of brackets is bounded. */
final class FormulaParser {

    private static final int DEEPEST = 10;
    private static final int LONGEST = 500;

    private final String text;
    private final int end;
    private int at;
    private double charge;

    FormulaParser(String text) {
        this.text = text.strip();
        if (this.text.isEmpty() || this.text.length() > LONGEST) {
            throw new FormulaException(text, 0, text.isBlank() ? "No formula" : "More than " + LONGEST + " characters");
        }
        this.end = withoutPhase(this.text);
    }

    /** A trailing {@code (aq)}, {@code (g)}, {@code (s)}, {@code (l)} or {@code ,aq} names the phase. */
    private static int withoutPhase(String text) {
        for (String phase : new String[] {"(aq)", "(g)", "(s)", "(l)", ",aq", ",g"}) {
            if (text.endsWith(phase)) {
                return text.length() - phase.length();
            }
        }
        return text.length();
    }

    Formula parse() {
        var atoms = new TreeMap<String, Double>();
        if (at < end && text.charAt(at) == 'e' && (end == 1 || text.charAt(1) == '-')) {
            return electron();
        }
        part(atoms);
        while (at < end && isDot(text.charAt(at))) {
            at++;
            part(atoms);
        }
        readCharge();
        if (at < end) {
            throw wrong("'" + text.charAt(at) + "' is not expected");
        }
        if (atoms.isEmpty()) {
            throw wrong("No element");
        }
        return new Formula(atoms, charge);
    }

    private Formula electron() {
        at = 1;
        readCharge();
        if (at < end) {
            throw wrong("'" + text.charAt(at) + "' is not expected");
        }
        return new Formula(new TreeMap<>(), -1);
    }

    /** A formula unit such as {@code 2H2O} behind a dot. */
    private void part(Map<String, Double> atoms) {
        double factor = number(1);
        group(atoms, factor, 0);
    }

    private void group(Map<String, Double> atoms, double factor, int depth) {
        if (depth > DEEPEST) {
            throw wrong("Brackets too deep");
        }
        while (at < end) {
            char c = text.charAt(at);
            if (c == '(' || c == '[') {
                bracket(atoms, factor, depth, c == '(' ? ')' : ']');
            } else if (c >= 'A' && c <= 'Z') {
                String element = element();
                atoms.merge(element, factor * number(1), Double::sum);
            } else {
                return;
            }
        }
    }

    private void bracket(Map<String, Double> atoms, double factor, int depth, char closing) {
        int opened = at++;
        var inner = new TreeMap<String, Double>();
        group(inner, 1, depth + 1);
        if (at >= end || text.charAt(at) != closing) {
            if (at < end) {
                throw wrong("'" + text.charAt(at) + "' is not expected");
            }
            at = opened;
            throw wrong("The bracket is not closed");
        }
        at++;
        double times = factor * number(1);
        inner.forEach((element, n) -> atoms.merge(element, times * n, Double::sum));
    }

    private String element() {
        if (at + 2 <= end && Elements.isSymbol(text.substring(at, at + 2))) {
            at += 2;
            return text.substring(at - 2, at);
        }
        if (Elements.isSymbol(text.substring(at, at + 1)) && !lowerCaseAt(at + 1)) {
            at++;
            return text.substring(at - 1, at);
        }
        throw wrong("No element '" + text.substring(at, lowerCaseAt(at + 1) ? at + 2 : at + 1) + "'");
    }

    private boolean lowerCaseAt(int position) {
        return position < end && text.charAt(position) >= 'a' && text.charAt(position) <= 'z';
    }

    private double number(double otherwise) {
        int from = at;
        while (at < end && (isDigit(text.charAt(at)) || isDecimalPoint())) {
            at++;
        }
        try {
            return from == at ? otherwise : Double.parseDouble(text.substring(from, at));
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("No number");
        }
    }

    /** A point before a digit and behind one: {@code Si1.9}. Write {@code :} or {@code ·} before a number of waters. */
    private boolean isDecimalPoint() {
        return text.charAt(at) == '.'
                && at + 1 < end
                && isDigit(text.charAt(at + 1))
                && at > 0
                && isDigit(text.charAt(at - 1));
    }

    private void readCharge() {
        if (at >= end || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
            return;
        }
        char sign = text.charAt(at);
        int signs = 0;
        while (at < end && text.charAt(at) == sign) {
            signs++;
            at++;
        }
        double size = number(Double.NaN);
        if (!Double.isNaN(size) && signs > 1) {
            throw wrong("A charge is either signs or a number");
        }
        charge = (sign == '+' ? 1 : -1) * (Double.isNaN(size) ? signs : size);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDot(char c) {
        return c == ':' || c == '·' || c == '*' || c == '.';
    }

    private FormulaException wrong(String what) {
        return new FormulaException(text, Math.min(at, text.length() - 1), what);
    }
}
