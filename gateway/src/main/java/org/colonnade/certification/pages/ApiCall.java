package org.colonnade.certification.pages;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a page shows, as scripts ask for it.
 *
 * @param address of the request
 * @param body of the request
 * @param python the public client's line
 */
record ApiCall(String address, String body, String python) {

    static ApiCall runs(TableRequest table) {
        return of(table, "/runregistry/runs_filtered_ordered", "runregistry.get_runs");
    }

    static ApiCall datasets(TableRequest table) {
        return of(table, "/runregistry/datasets_filtered_ordered", "runregistry.get_datasets");
    }

    private static ApiCall of(TableRequest table, String address, String function) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("page", table.getPage());
        body.set("filter", table.filter());
        body.put("page_size", table.getSize());
        body.set("sortings", table.sortings());
        String sortings = table.sortings().isEmpty() ? "" : ",\n    sortings=" + python(table.sortings());
        String asOf = table.getMoment().text();
        return new ApiCall(
                asOf.isEmpty() ? address : address + "?asOf=" + UriUtils.encode(asOf, StandardCharsets.UTF_8),
                JsonMapper.shared().writeValueAsString(body),
                (asOf.isEmpty() ? "" : "# the client reads the present\n") + function + "(\n    filter="
                        + python(table.filter()) + sortings + ",\n    ignore_filter_transformation=True,\n)");
    }

    /** JSON and Python write the same but for true, false and null. */
    private static String python(JsonNode node) {
        if (node.isObject()) {
            var parts = new StringBuilder("{");
            node.properties()
                    .forEach(p -> parts.append(parts.length() == 1 ? "" : ", ")
                            .append(JsonNodeFactory.instance.stringNode(p.getKey()))
                            .append(": ")
                            .append(python(p.getValue())));
            return parts.append('}').toString();
        }
        if (node.isArray()) {
            var parts = new StringBuilder("[");
            node.forEach(v -> parts.append(parts.length() == 1 ? "" : ", ").append(python(v)));
            return parts.append(']').toString();
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "True" : "False";
        }
        return node.isNull() ? "None" : node.toString();
    }
}
