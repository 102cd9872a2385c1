package org.colonnade.jobs;

/**
 * To whom a job belongs: the unit of fairness, limits and visibility.
 *
 * @param value an opaque name such as {@code user:…}, {@code guest:…} or {@code system}; at most 200 characters
 */
public record Owner(String value) {

    /** Work that the gateway does for itself. */
    public static final Owner SYSTEM = new Owner("system");

    public Owner {
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("An owner has a name of 1 to 200 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
