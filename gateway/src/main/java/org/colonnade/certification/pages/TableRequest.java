package org.colonnade.certification.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Query;
import org.colonnade.certification.pages.Moments.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an address says about a table: filters, order, columns and page. Every other address of it follows from here. */
final class TableRequest {

    static final int DEFAULT_SIZE = 25;
    private static final List<Integer> SIZES = List.of(12, 25, 50, 100, 250);
    private static final int MAX_SORTS = 3;
    private static final String FILTER = "f.";

    private final String path;
    private final List<TableColumn> all;
    private final Set<String> chosen;
    private final boolean own;
    private final Map<String, String> filters = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final List<Query.Sorting> sorts = new ArrayList<>();
    private final int page;
    private final int size;
    private final ObjectNode always;
    private final Moment moment;

    /**
     * @param always a filter that holds for the whole page; may be empty
     * @param moment as of when rows are listed
     */
    TableRequest(String path, List<TableColumn> all, HttpServletRequest request, ObjectNode always, Moment moment) {
        this.path = path;
        this.all = all;
        this.always = always;
        this.moment = moment;
        String[] wanted = request.getParameterValues("columns");
        own = wanted != null;
        chosen = new LinkedHashSet<>();
        if (wanted != null) {
            Arrays.stream(wanted).flatMap(w -> Arrays.stream(w.split(","))).forEach(chosen::add);
        } else {
            all.stream().filter(TableColumn::shown).map(TableColumn::key).forEach(chosen::add);
        }
        chosen.add("run_number");
        for (TableColumn column : all) {
            String text = request.getParameter(FILTER + column.key());
            if (text != null && !text.isBlank()) {
                filters.put(column.key(), text.strip());
            }
        }
        sorts(request.getParameter("sort"));
        page = whole(request.getParameter("page"), 0, 0, Integer.MAX_VALUE / Query.MAX_SIZE);
        size = whole(request.getParameter("size"), DEFAULT_SIZE, 1, 1000);
    }

    private void sorts(@Nullable String text) {
        for (String key : text == null ? new String[0] : text.split(",")) {
            boolean falling = key.startsWith("-");
            String name = falling ? key.substring(1) : key;
            if (sorts.size() < MAX_SORTS && column(name).isPresent()) {
                sorts.add(new Query.Sorting(name, falling));
            }
        }
    }

    private static int whole(@Nullable String text, int missing, int least, int most) {
        if (text == null || !text.matches("\\d{1,9}")) {
            return missing;
        }
        return Math.clamp(Integer.parseInt(text), least, most);
    }

    public Optional<TableColumn> column(String key) {
        return all.stream().filter(c -> c.key().equals(key)).findFirst();
    }

    /** What is asked, as scripts ask it. Texts that cannot be understood are found in {@link #error}. */
    Query query() {
        return query(page, size);
    }

    Query query(int number, int length) {
        List<Query.Sorting> order = sorts.stream()
                .map(s -> new Query.Sorting(column(s.column()).orElseThrow().sortPath(), s.falling()))
                .toList();
        return new Query(number, length, order, filter());
    }

    JsonNode filter() {
        ObjectNode filter = JsonNodeFactory.instance.objectNode();
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        if (!always.isEmpty()) {
            parts.add(always);
        }
        filters.forEach((key, text) -> {
            TableColumn column = column(key).orElseThrow();
            try {
                parts.add(FilterText.parse(column.path(), column.kind(), text));
            } catch (FilterException e) {
                errors.put(key, String.valueOf(e.getMessage()));
            }
        });
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (!parts.isEmpty()) {
            filter.set("and", parts);
        }
        return filter;
    }

    /** The same order in the words of the interface for scripts. */
    ArrayNode sortings() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        query().sortings().forEach(s -> list.addArray().add(s.column()).add(s.falling() ? "DESC" : "ASC"));
        return list;
    }

    public List<TableColumn> getColumns() {
        return all.stream().filter(c -> chosen.contains(c.key())).toList();
    }

    public List<TableColumn> getAll() {
        return all;
    }

    public boolean isShown(String key) {
        return chosen.contains(key);
    }

    public String text(String key) {
        return filters.getOrDefault(key, "");
    }

    public @Nullable String error(String key) {
        return errors.get(key);
    }

    public Map<String, String> getErrors() {
        return errors;
    }

    public boolean isFiltered() {
        return !filters.isEmpty();
    }

    /** Filters on columns that are not shown still hold, and are sent along. */
    public Map<String, String> getHidden() {
        var hidden = new LinkedHashMap<>(filters);
        getColumns().forEach(c -> hidden.remove(c.key()));
        return hidden;
    }

    public String getSort() {
        return String.join(
                ",",
                sorts.stream().map(s -> (s.falling() ? "-" : "") + s.column()).toList());
    }

    /** As assistive technology is told: ascending, descending, or null. */
    public @Nullable String order(String key) {
        return sorts.isEmpty() || !sorts.getFirst().column().equals(key)
                ? null
                : sorts.getFirst().falling() ? "descending" : "ascending";
    }

    public int getPage() {
        return page;
    }

    public int getSize() {
        return size;
    }

    public List<Integer> getSizes() {
        return SIZES;
    }

    public boolean isOwnColumns() {
        return own;
    }

    public String getOwnColumns() {
        return String.join(",", chosen);
    }

    /** Sorted by this column; again, the other way round. What is worst or latest comes first. */
    public String sorted(String key) {
        boolean falling = !"descending".equals(order(key));
        return address(filters, (falling ? "-" : "") + key, 0);
    }

    public String page(int number) {
        return address(filters, getSort(), number);
    }

    public String with(String key, String text) {
        var changed = new LinkedHashMap<>(filters);
        changed.put(key, text);
        return address(changed, getSort(), 0);
    }

    public String without(String key) {
        var changed = new LinkedHashMap<>(filters);
        changed.remove(key);
        return address(changed, getSort(), 0);
    }

    public String getCleared() {
        return address(Map.of(), getSort(), 0);
    }

    /** The same rows with the columns that are shown unless somebody chooses. */
    public String getDefaultColumns() {
        return address(path, filters, getSort(), 0, false, moment.text());
    }

    public Map<String, String> getFilters() {
        return filters;
    }

    public String getPath() {
        return path;
    }

    public Moment getMoment() {
        return moment;
    }

    /** The same table of the present. */
    public String getPresent() {
        return address(path, filters, getSort(), 0, own, "");
    }

    public String getHere() {
        return page(page);
    }

    /** The address of something about the same rows, such as a file of them. */
    String beside(String other) {
        return address(other, filters, getSort(), 0);
    }

    private String address(Map<String, String> texts, String sort, int number) {
        return address(path, texts, sort, number);
    }

    private String address(String to, Map<String, String> texts, String sort, int number) {
        return address(to, texts, sort, number, own, moment.text());
    }

    private String address(
            String to, Map<String, String> texts, String sort, int number, boolean columns, String asOf) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(to);
        var values = new LinkedHashMap<String, Object>();
        texts.forEach((key, text) -> add(address, values, FILTER + key, text));
        if (!sort.isEmpty()) {
            add(address, values, "sort", sort);
        }
        if (columns) {
            add(address, values, "columns", getOwnColumns());
        }
        if (size != DEFAULT_SIZE) {
            add(address, values, "size", Integer.toString(size));
        }
        if (!asOf.isEmpty()) {
            add(address, values, "asOf", asOf);
        }
        if (number > 0) {
            add(address, values, "page", Integer.toString(number));
        }
        return address.encode().buildAndExpand(values).toUriString();
    }

    private static void add(UriComponentsBuilder address, Map<String, Object> values, String name, String value) {
        String variable = "v" + values.size();
        values.put(variable, value);
        address.queryParam(name, "{" + variable + "}");
    }
}
