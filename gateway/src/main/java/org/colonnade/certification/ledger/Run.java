package org.colonnade.certification.ledger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as it is or was.
 *
 * @param oms facts of the machine, as it reported them
 * @param rr class, state, significance and the like
 * @param version the number of its latest event
 */
public record Run(int number, ObjectNode oms, ObjectNode rr, long version, boolean deleted) {

    public String state() {
        return text("state");
    }

    public boolean isOpen() {
        return state().equals("OPEN");
    }

    public String runClass() {
        return text("class");
    }

    public boolean isSignificant() {
        return rr.path("significant").asBoolean(false);
    }

    public boolean isFlagged() {
        return rr.path("run_needs_to_be_updated_manually").asBoolean(false);
    }

    private String text(String key) {
        JsonNode value = rr.path(key);
        return value.isString() ? value.stringValue() : "";
    }
}
