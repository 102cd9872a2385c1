package org.colonnade.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document as a page shows it: operations by their tag. */
final class ApiOutline {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String REFERENCE = "#/components/schemas/";

    /** Operations that belong together. */
    record Section(String name, String description, List<Operation> operations) {

        public String anchor() {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        }
    }

    record Operation(
            String method,
            String path,
            String summary,
            String description,
            List<Value> parameters,
            String bodyType,
            List<Value> body,
            List<Answer> answers) {

        public String anchor() {
            return (method + path).replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        }

        /** A call to copy. */
        public String example() {
            String call = "curl " + (method.equals("GET") ? "" : "-X " + method + " ");
            if (!bodyType.isEmpty()) {
                call += "-H 'Content-Type: " + bodyType + "' -d '…' ";
            }
            return call + "\"$COLONNADE" + path + "\"";
        }
    }

    /** A parameter or a property. */
    record Value(String name, String where, String type, boolean required, String description) {}

    record Answer(String status, String description, String type, List<Value> properties) {}

    private final JsonNode api;

    ApiOutline(JsonNode api) {
        this.api = api;
    }

    List<Section> sections() {
        Map<String, List<Operation>> byTag = new LinkedHashMap<>();
        Map<String, String> descriptions = new LinkedHashMap<>();
        api.path("tags").forEach(tag -> {
            byTag.put(text(tag, "name"), new ArrayList<>());
            descriptions.put(text(tag, "name"), text(tag, "description"));
        });
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> byTag.computeIfAbsent(
                                        method.getValue().path("tags").path(0).asString("Other"),
                                        tag -> new ArrayList<>())
                                .add(operation(method.getKey(), path.getKey(), method.getValue()))));
        return byTag.entrySet().stream()
                .filter(section -> !section.getValue().isEmpty())
                .map(section -> new Section(
                        section.getKey(), descriptions.getOrDefault(section.getKey(), ""), section.getValue()))
                .toList();
    }

    private Operation operation(String method, String path, JsonNode operation) {
        List<Value> parameters = new ArrayList<>();
        operation
                .path("parameters")
                .forEach(parameter -> parameters.add(new Value(
                        text(parameter, "name"),
                        text(parameter, "in"),
                        type(parameter.path("schema")),
                        parameter.path("required").asBoolean(false),
                        text(parameter, "description"))));
        var content = operation.path("requestBody").path("content").properties();
        JsonNode body = content.isEmpty()
                ? operation.path("requestBody")
                : content.iterator().next().getValue().path("schema");
        List<Answer> answers = new ArrayList<>();
        operation.path("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                var types = response.getValue().path("content").properties();
                JsonNode schema = types.isEmpty()
                        ? response.getValue().path("none")
                        : types.iterator().next().getValue().path("schema");
                answers.add(new Answer(
                        response.getKey(),
                        text(response.getValue(), "description"),
                        types.isEmpty() ? "" : types.iterator().next().getKey(),
                        properties(schema)));
            } else {
                answers.add(new Answer(response.getKey(), text(response.getValue(), "description"), "", List.of()));
            }
        });
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(path),
                text(operation, "description"),
                parameters,
                content.isEmpty() ? "" : content.iterator().next().getKey(),
                properties(body),
                answers);
    }

    private List<Value> properties(JsonNode schema) {
        JsonNode resolved = resolve(schema);
        if (resolved.has("items")) {
            resolved = resolve(resolved.path("items"));
        }
        Set<String> required = StreamSupport.stream(resolved.path("required").spliterator(), false)
                .map(name -> name.asString(""))
                .collect(Collectors.toSet());
        return resolved.path("properties").properties().stream()
                .map(property -> new Value(
                        property.getKey(),
                        "",
                        type(property.getValue()),
                        required.contains(property.getKey()),
                        text(property.getValue(), "description")))
                .toList();
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = text(schema, "$ref");
        return reference.startsWith(REFERENCE)
                ? api.path("components").path("schemas").path(reference.substring(REFERENCE.length()))
                : schema;
    }

    private String type(JsonNode schema) {
        String reference = text(schema, "$ref");
        if (!reference.isEmpty()) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        if (schema.has("items")) {
            return "list of " + type(schema.path("items"));
        }
        var text = new StringBuilder();
        JsonNode type = schema.path("type");
        text.append(
                type.isArray()
                        ? StreamSupport.stream(type.spliterator(), false)
                                .map(one -> one.asString(""))
                                .filter(one -> !one.equals("null"))
                                .collect(Collectors.joining(" or "))
                        : type.asString("any JSON"));
        if (schema.has("enum")) {
            text.append(": ")
                    .append(StreamSupport.stream(schema.path("enum").spliterator(), false)
                            .map(one -> one.asString(""))
                            .collect(Collectors.joining(", ")));
        }
        bound(text, schema, "minimum", " from ");
        bound(text, schema, "maximum", " to ");
        bound(text, schema, "maxLength", ", at most this long: ");
        bound(text, schema, "default", ", otherwise ");
        return text.toString();
    }

    private static void bound(StringBuilder text, JsonNode schema, String name, String word) {
        if (schema.has(name) && !schema.path(name).asString("").isEmpty()) {
            text.append(word).append(schema.path(name).asString(""));
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
