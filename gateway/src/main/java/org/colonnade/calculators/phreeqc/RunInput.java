package org.colonnade.calculators.phreeqc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job of this kind carries; its files are in storage.
 *
 * @param database the database's file name
 * @param databaseSha256 its digest when the run was submitted; the run refuses to start with another content
 * @param databaseDate null for a database of the user's own
 * @param ownDatabase whether the user brought it
 * @param inputSha256 of the input text
 * @param output the name of the output file
 * @param mail whether to write to the owner when the run ended; null, as in runs of earlier releases, for no
 * @param place where it runs; null for the kind's default, as in runs from before there was a choice
 */
record RunInput(
        String database,
        String databaseSha256,
        @Nullable Instant databaseDate,
        boolean ownDatabase,
        String inputSha256,
        String output,
        @Nullable Boolean mail,
        @Nullable String place) {}
