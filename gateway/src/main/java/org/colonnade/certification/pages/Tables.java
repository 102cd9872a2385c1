package org.colonnade.certification.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** What the tables of runs and of datasets have in common. */
final class Tables {

    private Tables() {}

    /**
     * Reads the page that the address asks for and describes it to the template.
     *
     * @param row what the template shows of a row
     * @param noun one of the rows, as in "12 runs"
     * @return whether the filters could be understood
     */
    static <R> boolean show(
            TableRequest table,
            BiFunction<Query, Long, Listing.Page<R>> list,
            Function<R, ?> row,
            String noun,
            Model model) {
        Listing.@Nullable Page<R> page = read(table, list);
        model.addAttribute("table", table);
        model.addAttribute("newer", table.getPage() > 0 ? table.page(table.getPage() - 1) : null);
        if (page == null) {
            model.addAttribute("rows", List.of());
            model.addAttribute("count", 0);
            return false;
        }
        model.addAttribute("rows", page.rows().stream().map(row).toList());
        model.addAttribute("count", page.count());
        model.addAttribute("older", table.getPage() + 1 < page.pages() ? table.page(table.getPage() + 1) : null);
        model.addAttribute("note", Counts.note(table, page.rows().size(), page.count(), noun));
        return true;
    }

    /** @return null if a filter cannot be understood; the table then says which */
    private static <R> Listing.@Nullable Page<R> read(
            TableRequest table, BiFunction<Query, Long, Listing.Page<R>> list) {
        try {
            Query query = table.query();
            return table.getErrors().isEmpty()
                    ? list.apply(query, table.getMoment().version())
                    : null;
        } catch (FilterException e) {
            throw ProblemException.of(ProblemType.UNPROCESSABLE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What the visitor looked at when he acted.
     *
     * @param sent for each row the number of its latest event, a colon, and the row's name
     * @return by name
     */
    static Map<String, Long> seen(@Nullable List<String> sent) {
        var result = new HashMap<String, Long>();
        for (String text : sent == null ? List.<String>of() : sent) {
            int colon = text.indexOf(':');
            if (colon < 1 || !text.substring(0, colon).matches("\\d{1,18}")) {
                throw ProblemException.invalid("seen", "is not what the page sends");
            }
            result.put(text.substring(colon + 1), Long.valueOf(text.substring(0, colon)));
        }
        return result;
    }
}
