package org.colonnade.certification.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Turns JSON into an {@link Expression}, and refuses what is too large to be meant. */
final class Compiler {

    static final int MAX_DEPTH = 300;
    static final int MAX_PARTS = 50_000;

    private int parts;

    Expression compile(JsonNode source, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RuleException("The rule is nested more than " + MAX_DEPTH + " levels deep");
        }
        if (++parts > MAX_PARTS) {
            throw new RuleException("The rule has more than " + MAX_PARTS + " parts");
        }
        if (source.isArray()) {
            List<Expression> elements = compileAll(source, depth);
            return elements.stream().allMatch(Expression.Literal.class::isInstance)
                    ? new Expression.Literal(source)
                    : new Expression.ListOf(source, elements);
        }
        if (!source.isObject() || source.size() != 1) {
            return new Expression.Literal(source);
        }
        Map.Entry<String, JsonNode> operation = source.properties().iterator().next();
        return operation(source, operation.getKey(), operation.getValue(), depth);
    }

    private Expression operation(JsonNode source, String symbol, JsonNode values, int depth) {
        List<Expression> arguments =
                values.isArray() ? compileAll(values, depth) : new ArrayList<>(List.of(compile(values, depth + 1)));
        if (symbol.equals("and")) {
            return new Expression.And(source, arguments);
        }
        if (symbol.equals("or")) {
            return new Expression.Or(source, arguments);
        }
        Operator operator = Operator.of(symbol);
        if (operator == null) {
            throw new RuleException("Unrecognized operation " + symbol);
        }
        if (operator == Operator.VAR && (arguments.isEmpty() || arguments.getFirst() instanceof Expression.Literal)) {
            return variable(source, arguments);
        }
        return new Expression.Operation(source, operator, arguments);
    }

    private static Expression variable(JsonNode source, List<Expression> arguments) {
        Expression fallback = arguments.size() > 1 ? arguments.get(1) : new Expression.Literal(NullNode.getInstance());
        return new Expression.Variable(
                source,
                arguments.isEmpty() ? List.of() : path(arguments.getFirst().source()),
                fallback);
    }

    static List<String> path(JsonNode name) {
        return name.isNull() || name.isString() && name.stringValue().isEmpty()
                ? List.of()
                : List.of(JavaScript.toText(name).split("\\.", -1));
    }

    private List<Expression> compileAll(JsonNode sources, int depth) {
        var compiled = new ArrayList<Expression>(sources.size());
        sources.forEach(s -> compiled.add(compile(s, depth + 1)));
        return compiled;
    }
}
