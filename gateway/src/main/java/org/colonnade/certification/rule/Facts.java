package org.colonnade.certification.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the variables of a rule refer to. */
public interface Facts {

    /**
     * @param path at least one step, e.g. {@code lumisection, rr, dt-dt}
     * @return null if there is nothing at that path
     */
    @Nullable
    JsonNode find(List<String> path);

    /** Everything, for {@code {"var":""}}. */
    JsonNode all();

    static Facts of(JsonNode document) {
        return new Facts() {
            @Override
            public @Nullable JsonNode find(List<String> path) {
                return descend(document, path, 0);
            }

            @Override
            public JsonNode all() {
                return document;
            }
        };
    }

    /** Goes down from step {@code from} as JavaScript does; a text or list has elements and a {@code length}. */
    static @Nullable JsonNode descend(@Nullable JsonNode start, List<String> path, int from) {
        JsonNode node = start;
        for (int i = from; i < path.size() && node != null; i++) {
            node = JavaScript.member(node, path.get(i));
        }
        return node;
    }
}
