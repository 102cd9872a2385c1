package org.colonnade.certification.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of datasets as a table for spreadsheets. */
@Component
public class DatasetCsv {

    private static final int MAX_ROWS = 20_000;
    private static final int PAGE = 1000;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Listing listing;

    DatasetCsv(Listing listing) {
        this.listing = listing;
    }

    /**
     * @param columns components whose summaries are wanted
     * @throws FilterException if the filter cannot be understood, or matches too much
     */
    public String write(JsonNode filter, List<String> columns, List<Query.Sorting> sortings) {
        var rows = new ArrayList<Listing.DatasetRow>();
        for (int page = 0; ; page++) {
            Listing.Page<Listing.DatasetRow> found = listing.datasets(new Query(page, PAGE, sortings, filter));
            if (found.count() > MAX_ROWS) {
                throw new FilterException("More than " + MAX_ROWS + " datasets match. Please use a narrower filter");
            }
            rows.addAll(found.rows());
            if (found.rows().size() < PAGE) {
                break;
            }
        }
        var attributes = new TreeSet<String>();
        rows.forEach(row -> attributes.addAll(MAPPER.readTree(row.attributes()).propertyNames()));
        var text = new StringBuilder();
        var header = new ArrayList<>(
                List.of("run_number", "dataset_name", "class", "stop_reason", "short_run", "ls_duration"));
        header.addAll(attributes);
        header.addAll(columns);
        header.add("oms_attributes");
        line(text, header);
        for (Listing.DatasetRow row : rows) {
            JsonNode rr = MAPPER.readTree(row.rr());
            JsonNode oms = MAPPER.readTree(row.oms());
            JsonNode own = MAPPER.readTree(row.attributes());
            JsonNode summary = MAPPER.readTree(row.tripletSummary());
            var cells = new ArrayList<String>();
            cells.add(Integer.toString(row.key().run()));
            cells.add(row.key().name());
            List.of("class", "stop_reason", "short_run").forEach(key -> cells.add(text(rr.path(key))));
            cells.add(text(oms.path("ls_duration")));
            attributes.forEach(key -> cells.add(text(own.path(key))));
            columns.forEach(column -> cells.add(text(summary.path(column))));
            cells.add(oms.toString());
            line(text, cells);
        }
        return text.toString();
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isString() ? value.stringValue() : value.toString();
    }

    private static void line(StringBuilder into, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            into.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        into.append("\r\n");
    }

    /** What a spreadsheet would take for a formula is made a text. */
    private static String quoted(String cell) {
        String safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return safe.matches("[\\w ./:'-]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
