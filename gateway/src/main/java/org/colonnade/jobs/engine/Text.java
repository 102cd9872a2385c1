package org.colonnade.jobs.engine;

import org.jspecify.annotations.Nullable;

/** Text on its way into the database. */
final class Text {

    /** Longest sentence, reason or log line that is kept. */
    static final int LONGEST_LINE = 8_000;

    private Text() {}

    /** Replaces the one character that PostgreSQL cannot store. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** A storable text of bounded length. */
    static @Nullable String sentence(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return line(text);
    }

    static String line(String text) {
        String storable = storable(text);
        return storable.length() <= LONGEST_LINE ? storable : storable.substring(0, LONGEST_LINE - 1) + "…";
    }
}
