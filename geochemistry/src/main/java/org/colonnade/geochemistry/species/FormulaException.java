package org.colonnade.geochemistry.species;

import org.colonnade.geochemistry.InputException;

/** A text that is no chemical formula. */
public final class FormulaException extends InputException {

    private static final long serialVersionUID = 1;

    private final int position;

    FormulaException(String formula, int position, String what) {
        super("formula", "%s at position %d of '%s'".formatted(what, position + 1, shortened(formula)));
        this.position = position;
    }

    /** Counted from 0. */
    public int position() {
        return position;
    }

    private static String shortened(String formula) {
        return formula.length() <= 60 ? formula : formula.substring(0, 57) + "...";
    }
}
