package org.colonnade.certification.runregistry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object that a request carries, and what is expected in it. */
final class Body {

    // Filters are nested by an object and a list per level.
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2_100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;

    private Body(ObjectNode object) {
        this.object = object;
    }

    /** An empty body counts as an empty object, because scripts send none with a content type. */
    static Body read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return new Body(JsonNodeFactory.instance.objectNode());
        }
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return new Body(object);
            }
            throw malformed("The body must be a JSON object");
        } catch (JacksonException e) {
            throw malformed("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    ObjectNode object() {
        return object;
    }

    JsonNode get(String name) {
        return object.path(name);
    }

    /** A number, or a text that holds one, as scripts send both. */
    int whole(String name) {
        return whole(object.path(name), name);
    }

    static int whole(JsonNode value, String name) {
        String text = value.asString("").strip();
        if (!text.matches("-?\\d{1,9}")) {
            throw invalid("\"" + name + "\" must be a whole number, not " + value);
        }
        return Integer.parseInt(text);
    }

    static int whole(String text, String name) {
        return whole(JsonNodeFactory.instance.stringNode(text), name);
    }

    String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw invalid("\"" + name + "\" must be a text");
        }
        return value.stringValue();
    }

    String text(String name, String missing) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isString()) {
            throw invalid("\"" + name + "\" must be a text");
        }
        return value.stringValue();
    }

    ObjectNode object(String name) {
        if (object.path(name) instanceof ObjectNode found) {
            return found;
        }
        throw invalid("\"" + name + "\" must be an object");
    }

    List<JsonNode> list(String name) {
        JsonNode list = object.path(name);
        if (!list.isArray()) {
            throw invalid("\"" + name + "\" must be a list");
        }
        var result = new ArrayList<JsonNode>();
        list.forEach(result::add);
        return result;
    }

    /** Texts of a list. */
    List<String> texts(String name) {
        return list(name).stream()
                .map(value -> {
                    if (!value.isString() || value.stringValue().isBlank()) {
                        throw invalid("\"" + name + "\" must be a list of texts");
                    }
                    return value.stringValue();
                })
                .toList();
    }

    /** JSON that some scripts send as it is and others as a text. */
    JsonNode json(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw invalid("\"" + name + "\" is missing");
        }
        if (!value.isString()) {
            return value;
        }
        try {
            return MAPPER.readTree(value.stringValue());
        } catch (JacksonException e) {
            throw invalid("\"" + name + "\" is not JSON");
        }
    }

    /** Says in the client's way what a rule or a filter has wrong. */
    static <T> T understood(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuleException | FilterException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    DatasetKey dataset() {
        return new DatasetKey(whole("run_number"), text("dataset_name", DatasetKey.ONLINE));
    }

    static ProblemException invalid(String sentence) {
        return ProblemException.of(ProblemType.UNPROCESSABLE, sentence);
    }

    private static ProblemException malformed(String sentence) {
        return ProblemException.of(ProblemType.MALFORMED, sentence);
    }
}
