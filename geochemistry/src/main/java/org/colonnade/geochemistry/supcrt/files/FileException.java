package org.colonnade.geochemistry.supcrt.files;

/** A .con or .rxn file that cannot be read, with the line at fault. */
public final class FileException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    public FileException(int line, String message) {
        super("Line %d: %s".formatted(line, message));
        this.line = line;
    }

    /** Line, from 1. */
    public int line() {
        return line;
    }
}
