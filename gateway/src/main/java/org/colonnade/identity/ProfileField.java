package org.colonnade.identity;

/**
 * Something that people are asked when they register. A bean of this type puts the question on the form, before
 * administrators when they decide, and into the account.
 *
 * @param key stable name, lower case, e.g. {@code institution}
 * @param label as printed on the form
 * @param hint one sentence below the label; may be empty
 * @param required whether nobody gets past the form without an answer
 * @param maxLength of the answer, in characters
 */
public record ProfileField(String key, String label, String hint, boolean required, int maxLength) {

    public ProfileField {
        if (!key.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("A field's key has 1 to 40 of a-z, 0-9 and -, and begins with a letter");
        }
        if (maxLength < 1 || maxLength > 4000) {
            throw new IllegalArgumentException("A field takes 1 to 4000 characters");
        }
    }
}
