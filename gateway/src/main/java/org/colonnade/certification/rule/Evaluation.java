package org.colonnade.certification.rule;

import static org.colonnade.certification.rule.JavaScript.bool;
import static org.colonnade.certification.rule.JavaScript.isTruthy;
import static org.colonnade.certification.rule.JavaScript.less;
import static org.colonnade.certification.rule.JavaScript.lessOrEqual;
import static org.colonnade.certification.rule.JavaScript.looselyEquals;
import static org.colonnade.certification.rule.JavaScript.strictlyEquals;
import static org.colonnade.certification.rule.JavaScript.text;
import static org.colonnade.certification.rule.JavaScript.toNumber;
import static org.colonnade.certification.rule.JavaScript.toText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import org.colonnade.certification.lumisection.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** One evaluation of a rule: its meaning is that of json-logic-js 1.2, and its cost is counted. */
final class Evaluation {

    static final int MAX_STEPS = 1_000_000;
    static final int MAX_LENGTH = 100_000;

    private static final JsonNode NULL = NullNode.getInstance();
    private static final JsonNode TRUE = bool(true);
    private static final JsonNode FALSE = bool(false);

    private int steps;

    JsonNode value(Expression expression, Facts facts) {
        if (++steps > MAX_STEPS) {
            throw new RuleException("The rule takes more than " + MAX_STEPS + " steps");
        }
        return switch (expression) {
            case Expression.Literal literal -> literal.source();
            case Expression.ListOf list -> list(list.elements(), facts);
            case Expression.Variable variable -> variable(variable, facts);
            case Expression.And and -> firstOf(and.parts(), facts, false);
            case Expression.Or or -> firstOf(or.parts(), facts, true);
            case Expression.Operation operation -> operation(operation.operator(), operation.arguments(), facts);
        };
    }

    void falseLeaves(Expression expression, Facts facts, List<Rule.Leaf> leaves) {
        if (expression instanceof Expression.And and) {
            if (!isTruthy(value(and, facts))) {
                and.parts().forEach(part -> falseLeaves(part, facts, leaves));
            }
        } else if (expression instanceof Expression.Or or) {
            if (!isTruthy(value(or, facts))) {
                or.parts().forEach(part -> falseLeaves(part, facts, leaves));
            }
        } else {
            JsonNode value = value(expression, facts);
            if (!value.isBoolean() || !value.booleanValue()) {
                leaves.add(
                        new Rule.Leaf(expression.source(), expression.source().toString()));
            }
        }
    }

    JsonNode explain(Expression expression, Facts facts) {
        JsonNode value = value(expression, facts);
        var result = JsonNodeFactory.instance.arrayNode();
        switch (expression) {
            case Expression.And and -> result.addObject().set("and", explainAll(and.parts(), facts));
            case Expression.Or or -> result.addObject().set("or", explainAll(or.parts(), facts));
            default -> result.add(expression.source());
        }
        result.addObject().put("resulted_value", value.isBoolean() && value.booleanValue());
        return result;
    }

    private ArrayNode explainAll(List<Expression> parts, Facts facts) {
        var result = JsonNodeFactory.instance.arrayNode();
        parts.forEach(part -> result.add(explain(part, facts)));
        return result;
    }

    private JsonNode variable(Expression.Variable variable, Facts facts) {
        if (variable.path().isEmpty()) {
            return facts.all();
        }
        JsonNode found = facts.find(variable.path());
        return found == null ? value(variable.fallback(), facts) : found;
    }

    /** The first part that decides, else the last one; JavaScript's {@code &&} and {@code ||}. */
    private JsonNode firstOf(List<Expression> parts, Facts facts, boolean decisive) {
        JsonNode current = NULL;
        for (Expression part : parts) {
            current = value(part, facts);
            if (isTruthy(current) == decisive) {
                return current;
            }
        }
        return current;
    }

    private ArrayNode list(List<Expression> elements, Facts facts) {
        var result = JsonNodeFactory.instance.arrayNode(elements.size());
        elements.forEach(element -> result.add(value(element, facts)));
        return result;
    }

    private JsonNode operation(Operator operator, List<Expression> arguments, Facts facts) {
        return switch (operator) {
            case IF -> choose(arguments, facts);
            case MAP, FILTER, ALL, NONE, SOME -> overElements(operator, arguments, facts);
            case REDUCE -> reduce(arguments, facts);
            default -> {
                var values = new ArrayList<JsonNode>(arguments.size());
                arguments.forEach(argument -> values.add(value(argument, facts)));
                yield apply(operator, values, facts);
            }
        };
    }

    private JsonNode choose(List<Expression> arguments, Facts facts) {
        int i = 0;
        for (; i + 1 < arguments.size(); i += 2) {
            if (isTruthy(value(arguments.get(i), facts))) {
                return value(arguments.get(i + 1), facts);
            }
        }
        return i < arguments.size() ? value(arguments.get(i), facts) : NULL;
    }

    private JsonNode overElements(Operator operator, List<Expression> arguments, Facts facts) {
        JsonNode elements = arguments.isEmpty() ? NULL : value(arguments.getFirst(), facts);
        Expression logic = arguments.size() > 1 ? arguments.get(1) : new Expression.Literal(NULL);
        var kept = JsonNodeFactory.instance.arrayNode();
        int holding = 0;
        if (elements.isArray()) {
            for (JsonNode element : elements) {
                JsonNode result = value(logic, Facts.of(element));
                boolean holds = isTruthy(result);
                holding += holds ? 1 : 0;
                if (operator == Operator.MAP || operator == Operator.FILTER && holds) {
                    kept.add(operator == Operator.MAP ? result : element);
                }
            }
        }
        int size = elements.isArray() ? elements.size() : 0;
        return switch (operator) {
            case ALL -> bool(size > 0 && holding == size);
            case NONE -> bool(holding == 0);
            case SOME -> bool(holding > 0);
            default -> kept;
        };
    }

    private JsonNode reduce(List<Expression> arguments, Facts facts) {
        JsonNode elements = arguments.isEmpty() ? NULL : value(arguments.getFirst(), facts);
        JsonNode accumulator = arguments.size() > 2 ? value(arguments.get(2), facts) : NULL;
        if (!elements.isArray() || arguments.size() < 2) {
            return accumulator;
        }
        for (JsonNode element : elements) {
            var scope = JsonNodeFactory.instance.objectNode();
            scope.set("current", element);
            scope.set("accumulator", accumulator);
            accumulator = value(arguments.get(1), Facts.of(scope));
        }
        return accumulator;
    }

    private JsonNode apply(Operator operator, List<JsonNode> v, Facts facts) {
        return switch (operator) {
            case VAR -> computedVariable(argument(v, 0), v.size() > 1 ? v.get(1) : NULL, facts);
            case MISSING -> missing(v.isEmpty() || !v.getFirst().isArray() ? v : elements(v.getFirst()), facts);
            case MISSING_SOME -> missingSome(argument(v, 0), argument(v, 1), facts);
            case EQUAL -> bool(looselyEquals(argument(v, 0), argument(v, 1)));
            case NOT_EQUAL -> bool(!looselyEquals(argument(v, 0), argument(v, 1)));
            case SAME -> bool(strictlyEquals(argument(v, 0), argument(v, 1)));
            case NOT_SAME -> bool(!strictlyEquals(argument(v, 0), argument(v, 1)));
            case NOT -> bool(!isTruthy(argument(v, 0)));
            case TRUTHY -> bool(isTruthy(argument(v, 0)));
            case GREATER -> comparable(v) ? bool(less(v.get(1), v.get(0))) : FALSE;
            case GREATER_OR_EQUAL -> comparable(v) ? bool(lessOrEqual(v.get(1), v.get(0))) : FALSE;
            case LESS ->
                comparable(v) ? bool(less(v.get(0), v.get(1)) && (v.size() == 2 || less(v.get(1), v.get(2)))) : FALSE;
            case LESS_OR_EQUAL ->
                comparable(v)
                        ? bool(lessOrEqual(v.get(0), v.get(1)) && (v.size() == 2 || lessOrEqual(v.get(1), v.get(2))))
                        : FALSE;
            case MAX ->
                number(v.stream().mapToDouble(JavaScript::toNumber).reduce(Double.NEGATIVE_INFINITY, Math::max));
            case MIN ->
                number(v.stream().mapToDouble(JavaScript::toNumber).reduce(Double.POSITIVE_INFINITY, Math::min));
            case PLUS ->
                number(v.stream().mapToDouble(JavaScript::leadingNumber).sum());
            case TIMES ->
                v.size() == 1
                        ? v.getFirst()
                        : number(v.stream()
                                .mapToDouble(JavaScript::leadingNumber)
                                .reduce(1, (a, b) -> a * b));
            case MINUS -> v.size() == 1 ? number(-toNumber(v.getFirst())) : arithmetic(v, (a, b) -> a - b);
            case DIVIDED -> arithmetic(v, (a, b) -> a / b);
            case MODULO -> arithmetic(v, (a, b) -> a % b);
            case MERGE -> merge(v);
            case IN_ANY_CASE -> contains(lower(argument(v, 1)), lower(argument(v, 0)));
            case IN -> contains(argument(v, 1), argument(v, 0));
            case CAT -> concatenate(v);
            case SUBSTR -> part(toText(argument(v, 0)), argument(v, 1), v.size() > 2 ? v.get(2) : null);
            case LOG -> argument(v, 0);
            case IF, MAP, FILTER, REDUCE, ALL, NONE, SOME -> throw new IllegalStateException();
        };
    }

    private static JsonNode argument(List<JsonNode> values, int index) {
        return index < values.size() ? values.get(index) : NULL;
    }

    /** A comparison with nothing ({@code undefined}) is false. */
    private static boolean comparable(List<JsonNode> values) {
        return values.size() >= 2;
    }

    private static JsonNode number(double value) {
        return Values.number(value);
    }

    private static JsonNode arithmetic(List<JsonNode> v, DoubleBinaryOperator operation) {
        return number(v.size() < 2 ? Double.NaN : operation.applyAsDouble(toNumber(v.get(0)), toNumber(v.get(1))));
    }

    private static JsonNode computedVariable(JsonNode name, JsonNode fallback, Facts facts) {
        List<String> path = Compiler.path(name);
        if (path.isEmpty()) {
            return facts.all();
        }
        JsonNode found = facts.find(path);
        return found == null ? fallback : found;
    }

    private static ArrayNode missing(List<JsonNode> keys, Facts facts) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode key : keys) {
            JsonNode value = computedVariable(key, NULL, facts);
            if (value.isNull() || value.isString() && value.stringValue().isEmpty()) {
                result.add(key);
            }
        }
        return result;
    }

    private static JsonNode missingSome(JsonNode needed, JsonNode options, Facts facts) {
        ArrayNode missing = missing(elements(options), facts);
        return options.size() - missing.size() >= toNumber(needed) ? JsonNodeFactory.instance.arrayNode() : missing;
    }

    private static List<JsonNode> elements(JsonNode array) {
        var list = new ArrayList<JsonNode>(array.size());
        array.forEach(list::add);
        return list;
    }

    private static JsonNode merge(List<JsonNode> values) {
        var result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode value : values) {
            if (value.isArray()) {
                value.forEach(result::add);
            } else {
                result.add(value);
            }
            if (result.size() > MAX_LENGTH) {
                throw new RuleException("The rule makes a list of more than " + MAX_LENGTH + " elements");
            }
        }
        return result;
    }

    private static JsonNode lower(JsonNode value) {
        return value.isString() ? text(value.stringValue().toLowerCase(Locale.ROOT)) : value;
    }

    private static JsonNode contains(JsonNode container, JsonNode wanted) {
        if (container.isString()) {
            // Nothing is in an empty text, not even another one.
            return bool(!container.stringValue().isEmpty()
                    && container.stringValue().contains(toText(wanted)));
        }
        if (container.isArray()) {
            for (JsonNode element : container) {
                if (strictlyEquals(element, wanted)) {
                    return TRUE;
                }
            }
        }
        return FALSE;
    }

    private static JsonNode concatenate(List<JsonNode> values) {
        var result = new StringBuilder();
        for (JsonNode value : values) {
            result.append(value.isNull() ? "" : toText(value));
            if (result.length() > MAX_LENGTH) {
                throw new RuleException("The rule makes a text of more than " + MAX_LENGTH + " characters");
            }
        }
        return text(result.toString());
    }

    /** JavaScript's {@code substr}; a negative length leaves out as many characters at the end. */
    private static JsonNode part(String source, JsonNode from, @Nullable JsonNode length) {
        int begin = (int) toNumber(from);
        int first = begin < 0 ? Math.max(0, source.length() + begin) : Math.min(begin, source.length());
        String rest = source.substring(first);
        if (length == null) {
            return text(rest);
        }
        int count = (int) toNumber(length);
        int kept = count < 0 ? rest.length() + count : count;
        return text(rest.substring(0, Math.clamp(kept, 0, rest.length())));
    }
}
