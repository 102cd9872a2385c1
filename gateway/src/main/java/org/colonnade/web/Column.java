package org.colonnade.web;

import java.util.List;

/**
 * A column of the house as pages show it. A bean of this type puts it into the menu, on the home page and into the
 * search.
 *
 * @param key stable and short, e.g. {@code calculators}
 * @param title in the users' words, e.g. {@code Calculators}
 * @param path its first page, e.g. {@code /calculators}
 * @param summary one sentence for the home page
 * @param order position in the menu
 * @param entries its pages, for menus and search
 */
public record Column(String key, String title, String path, String summary, int order, List<Entry> entries) {

    public Column {
        entries = List.copyOf(entries);
    }

    /** @param summary one sentence */
    public record Entry(String title, String path, String summary) {}
}
