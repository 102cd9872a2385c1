package org.colonnade.certification.rule;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A compiled part of a rule. {@code source} is the JSON it came from. */
sealed interface Expression {

    JsonNode source();

    /** Anything that is not an operation. */
    record Literal(JsonNode source) implements Expression {}

    /** A list of which at least one element is computed. */
    record ListOf(JsonNode source, List<Expression> elements) implements Expression {}

    /** A variable whose path is known when the rule is compiled; an empty path means everything. */
    record Variable(JsonNode source, List<String> path, Expression fallback) implements Expression {}

    record And(JsonNode source, List<Expression> parts) implements Expression {}

    record Or(JsonNode source, List<Expression> parts) implements Expression {}

    /** Every other operation. */
    record Operation(JsonNode source, Operator operator, List<Expression> arguments) implements Expression {}
}
