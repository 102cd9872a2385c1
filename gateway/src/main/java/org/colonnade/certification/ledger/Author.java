package org.colonnade.certification.ledger;

/**
 * Who writes a version.
 *
 * @param name as history shows it
 * @param automatic whether what is written gives way to what people wrote
 */
public record Author(String name, boolean automatic) {

    /** The gateway's own rules. */
    public static final Author AUTOMATIC = new Author("auto@auto", true);

    public static Author person(String name) {
        return new Author(name, false);
    }

    /** Rules that ran because somebody asked for it. */
    public static Author automaticFor(String name) {
        return new Author("auto@auto - " + name, true);
    }
}
