package org.colonnade.calculators.phreeqc;

import org.jspecify.annotations.Nullable;

/**
 * What a user wants to run.
 *
 * @param input the text, as bytes in UTF-8
 * @param database the name of one of the server's databases; null for the default, or if there is an own one
 * @param own a database that the user brings; null for none
 * @param output the name of the output file; null for the default
 * @param title null for the input's own TITLE
 * @param key idempotency key; null for none
 * @param mail whether the user wants a mail when the run ended
 * @param place where to run it, one of {@link Engines#places}; null for the default
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Submission(
        byte[] input,
        @Nullable String database,
        @Nullable OwnDatabase own,
        @Nullable String output,
        @Nullable String title,
        @Nullable String key,
        boolean mail,
        @Nullable String place) {

    /** Without a mail, at the default place. */
    public Submission(
            byte[] input,
            @Nullable String database,
            @Nullable OwnDatabase own,
            @Nullable String output,
            @Nullable String title,
            @Nullable String key) {
        this(input, database, own, output, title, key, false, null);
    }

    /** A database that a user brings. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record OwnDatabase(String name, byte[] content) {}
}
