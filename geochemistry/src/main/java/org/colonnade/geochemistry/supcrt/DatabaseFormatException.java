package org.colonnade.geochemistry.supcrt;

/** A database file that cannot be read, with the record at fault. */
public final class DatabaseFormatException extends Exception {

    private static final long serialVersionUID = 1;

    public DatabaseFormatException(String message) {
        super(message);
    }
}
