package org.colonnade.certification.pages;

import java.util.Map;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was typed into the form of a rule. */
record TypedRule(
        String subject,
        String area,
        String status,
        String priority,
        boolean enabled,
        String rule,
        String run,
        String lumisection) {

    private static final int LONGEST = 200_000;

    static TypedRule fresh() {
        return new TypedRule(
                "",
                Configuration.ONLINE,
                "GOOD",
                "4",
                true,
                "{\"if\": [\n  {\"==\": [{\"var\": \"\"}, true]},\n  true, false]}",
                "",
                "");
    }

    static TypedRule of(RuleKind.Line line) {
        return new TypedRule(
                line.subject(),
                line.area(),
                line.status(),
                Integer.toString(line.priority()),
                line.enabled(),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(line.rule()),
                "",
                "");
    }

    static TypedRule sent(Map<String, String> sent) {
        return new TypedRule(
                sent.getOrDefault("subject", "").strip(),
                sent.getOrDefault("area", Configuration.ONLINE),
                sent.getOrDefault("status", "GOOD"),
                sent.getOrDefault("priority", "0").strip(),
                sent.containsKey("enabled"),
                sent.getOrDefault("rule", ""),
                sent.getOrDefault("run", "").strip(),
                sent.getOrDefault("lumisection", "").strip());
    }

    /** @throws RuleException if it is not JSON */
    JsonNode logic() {
        if (rule.length() > LONGEST) {
            throw new RuleException("The rule has more than " + LONGEST + " characters");
        }
        try {
            JsonNode logic = JsonMapper.shared().readTree(rule);
            if (logic.isMissingNode()) {
                throw new RuleException("The rule is empty");
            }
            return logic;
        } catch (JacksonException e) {
            throw new RuleException("The rule is not JSON: " + e.getOriginalMessage());
        }
    }

    /** The fields of an entry of the configuration, but for its id. */
    ObjectNode item(RuleKind kind) {
        if (subject.isEmpty() || subject.length() > 200) {
            throw refused("Say in 1 to 200 characters what the rule is for");
        }
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        switch (kind) {
            case CLASS -> item.put("runClass", subject).put("priority", whole());
            case SIGNIFICANCE -> item.put("runClass", subject);
            case COMPONENT ->
                item.put("area", area)
                        .put("component", subject)
                        .put("status", status)
                        .put("priority", whole());
            case APPEARANCE -> item.put("workspace", subject);
            case GOLDEN -> item.put("name", subject);
        }
        if (kind != RuleKind.GOLDEN) {
            item.put("enabled", enabled);
        }
        item.set("rule", logic());
        return item;
    }

    private int whole() {
        if (!priority.matches("-?\\d{1,6}")) {
            throw refused("The priority is a whole number; the lowest wins");
        }
        return Integer.parseInt(priority);
    }

    private static ProblemException refused(String sentence) {
        return ProblemException.of(ProblemType.UNPROCESSABLE, sentence);
    }
}
