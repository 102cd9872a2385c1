package org.colonnade.certification.pages;

import java.text.NumberFormat;
import java.util.Locale;

/** Counts in words. */
final class Counts {

    private Counts() {}

    /** As in {@code 26–50 of 12,345 runs}. */
    static String note(TableRequest table, int shown, long count, String thing) {
        NumberFormat format = NumberFormat.getIntegerInstance(Locale.ROOT);
        String things = format.format(count) + " " + thing + (count == 1 ? "" : "s");
        if (shown == 0) {
            return count == 0 ? "no " + thing + "s" : "nothing here; " + things + " before";
        }
        long first = (long) table.getPage() * table.getSize() + 1;
        return shown == count
                ? things
                : format.format(first) + "–" + format.format(first + shown - 1) + " of " + things;
    }
}
