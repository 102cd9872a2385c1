package org.colonnade.certification.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.listing.Listing;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run or a dataset in a table.
 *
 * @param name of the dataset; null for a run
 * @param seen the number of its latest event, which acts on it must name
 * @param asOf as of when it is shown; empty for now
 */
record TableRow(int run, @Nullable String name, long seen, List<Cell> cells, String asOf) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static TableRow of(Listing.RunRow row, TableRequest table) {
        ObjectNode values = values(row.run(), row.rr(), row.oms(), row.tripletSummary(), row.created());
        return new TableRow(
                row.run(),
                null,
                row.seen(),
                cells(table, values),
                table.getMoment().text());
    }

    static TableRow of(Listing.DatasetRow row, TableRequest table) {
        ObjectNode values = values(row.key().run(), row.rr(), row.oms(), row.tripletSummary(), row.created());
        values.put("name", row.key().name());
        values.set("dataset_attributes", MAPPER.readTree(row.attributes()));
        values.set("datasets_in_gui", MAPPER.readTree(row.inGui()));
        return new TableRow(
                row.key().run(),
                row.key().name(),
                row.seen(),
                cells(table, values),
                table.getMoment().text());
    }

    private static ObjectNode values(int run, String rr, String oms, String summary, @Nullable String created) {
        ObjectNode values =
                JsonNodeFactory.instance.objectNode().put("run_number", run).put("created", created);
        values.set("rr_attributes", MAPPER.readTree(rr));
        values.set("oms_attributes", MAPPER.readTree(oms));
        values.set("triplet_summary", MAPPER.readTree(summary));
        return values;
    }

    private static List<Cell> cells(TableRequest table, ObjectNode values) {
        return table.getColumns().stream().map(column -> cell(column, values)).toList();
    }

    private static Cell cell(TableColumn column, JsonNode row) {
        int dot = column.path().indexOf('.');
        JsonNode value = dot < 0
                ? row.path(column.path())
                : row.path(column.path().substring(0, dot)).path(column.path().substring(dot + 1));
        return Cell.of(column, value, value);
    }

    /** As the form of the table sends it. */
    public String key() {
        return name == null ? Integer.toString(run) : new DatasetKey(run, name).text();
    }

    /** The address of its page. */
    public String page() {
        return address("/certification/runs/{run}", null);
    }

    /** The address of its lumisections, with one component in view. */
    public String lumisections(String component) {
        return address("/certification/runs/{run}/lumisections", component);
    }

    private String address(String path, @Nullable String component) {
        var values = new HashMap<String, Object>(Map.of("run", run));
        var address = UriComponentsBuilder.fromPath(path);
        if (name != null) {
            values.put("name", name);
            address.queryParam("name", "{name}");
        }
        if (!asOf.isEmpty()) {
            values.put("asOf", asOf);
            address.queryParam("asOf", "{asOf}");
        }
        if (component != null) {
            values.put("component", component);
            address.queryParam("component", "{component}");
        }
        return address.encode().buildAndExpand(values).toUriString();
    }

    public String words() {
        return name == null ? "run " + run : name + " of run " + run;
    }
}
