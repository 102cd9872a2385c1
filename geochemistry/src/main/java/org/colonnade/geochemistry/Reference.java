package org.colonnade.geochemistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A publication, with what three renderings need.
 *
 * @param key unique and stable, e.g. {@code Duan2006}
 * @param authors family name and initials, e.g. {@code Duan, Z.}
 * @param journal where it appeared; for a report its series and number
 * @param volume null for a report
 * @param pages null when unknown, else e.g. {@code 131-139}
 * @param doi without the resolver's address; null when there is none
 */
public record Reference(
        String key,
        List<String> authors,
        int year,
        String title,
        String journal,
        @Nullable String volume,
        @Nullable String pages,
        @Nullable String doi) {

    public Reference {
        if (key.isBlank() || authors.isEmpty() || title.isBlank()) {
            throw new IllegalArgumentException("A reference needs a key, an author and a title");
        }
        authors = List.copyOf(authors);
    }

    /** E.g. {@code Duan et al. (2006)}. */
    public String shortText() {
        var names = authors.stream().map(Reference::familyName).toList();
        String who = switch (names.size()) {
            case 1 -> names.get(0);
            case 2 -> names.get(0) + " and " + names.get(1);
            default -> names.get(0) + " et al.";
        };
        return who + " (" + year + ")";
    }

    /** One line for a reader. */
    public String text() {
        var line = new StringBuilder(String.join(", ", authors))
                .append(" (")
                .append(year)
                .append(") ")
                .append(title)
                .append(". ")
                .append(journal);
        if (volume != null) {
            line.append(' ').append(volume);
        }
        if (pages != null) {
            line.append(volume == null ? " " : ":").append(pages);
        }
        line.append('.');
        return doi == null ? line.toString() : line + " doi:" + doi;
    }

    /** A BibTeX entry; a work without a volume is a report. */
    public String bibtex() {
        boolean report = volume == null;
        var fields = new ArrayList<String>();
        fields.add(field("author", String.join(" and ", authors)));
        fields.add(field("title", "{" + braced(title) + "}"));
        fields.add(field(report ? "institution" : "journal", braced(journal)));
        addIfPresent(fields, "volume", volume);
        addIfPresent(fields, "pages", pages == null ? null : pages.replace("-", "--"));
        fields.add(field("year", Integer.toString(year)));
        addIfPresent(fields, "doi", doi);
        return "@%s{%s,\n%s\n}\n".formatted(report ? "techreport" : "article", key, String.join(",\n", fields));
    }

    /** A RIS record, closed by its {@code ER} line. */
    public String ris() {
        var lines = new ArrayList<String>();
        lines.add("TY  - " + (volume == null ? "RPRT" : "JOUR"));
        authors.forEach(author -> lines.add("AU  - " + author));
        lines.add("TI  - " + title);
        lines.add((volume == null ? "PB  - " : "JO  - ") + journal);
        if (volume != null) {
            lines.add("VL  - " + volume);
        }
        if (pages != null) {
            String[] ends = pages.split("-", 2);
            lines.add("SP  - " + ends[0]);
            if (ends.length == 2) {
                lines.add("EP  - " + ends[1]);
            }
        }
        lines.add("PY  - " + year);
        if (doi != null) {
            lines.add("DO  - " + doi);
        }
        lines.add("ER  - ");
        return lines.stream().collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String familyName(String author) {
        int comma = author.indexOf(',');
        return comma < 0 ? author : author.substring(0, comma);
    }

    private static void addIfPresent(List<String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(field(name, value));
        }
    }

    private static String field(String name, String value) {
        return String.format(Locale.ROOT, "  %-9s = {%s}", name, value);
    }

    private static String braced(String text) {
        return text.replace("&", "\\&").replace("%", "\\%");
    }
}
