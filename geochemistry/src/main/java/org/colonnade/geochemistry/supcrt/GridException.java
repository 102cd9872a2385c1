package org.colonnade.geochemistry.supcrt;

/** A table of states that cannot be made, with the name of the field at fault. */
public final class GridException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    public GridException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The field at fault, e.g. {@code temperature}. */
    public String field() {
        return field;
    }
}
