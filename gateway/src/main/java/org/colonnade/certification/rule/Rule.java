package org.colonnade.certification.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A compiled rule. Evaluation never changes anything outside of it, calls nothing of the host, and ends after a bounded
 * number of steps. Immutable; any number of threads may use one.
 */
public final class Rule {

    /** A part of a rule that failed, as its JSON text. */
    public record Leaf(JsonNode source, String text) {}

    private final Expression root;
    private final Part part;
    private final Set<List<String>> variables;
    private boolean readsEverything;

    private Rule(Expression root) {
        this.root = root;
        this.part = switch (root) {
            case Expression.And and -> new Part.All(parts(and.parts()));
            case Expression.Or or -> new Part.Any(parts(or.parts()));
            default -> new Part.One(this, root.source().toString());
        };
        var read = new HashSet<List<String>>();
        collect(root, read);
        this.variables = Set.copyOf(read);
    }

    private static List<Part> parts(List<Expression> expressions) {
        return expressions.stream().map(each -> new Rule(each).part).toList();
    }

    /** @throws RuleException if the text is not JSON, not a rule, or too large */
    public static Rule parse(String json) {
        try {
            return compile(JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new RuleException("The rule is not JSON");
        }
    }

    /** @throws RuleException if it holds an unknown operation, or is too large or too deeply nested */
    public static Rule compile(JsonNode source) {
        return new Rule(new Compiler().compile(source, 0));
    }

    /** The rule taken apart at {@code and} and {@code or}. */
    public Part part() {
        return part;
    }

    public JsonNode source() {
        return root.source();
    }

    /** @throws RuleException if the evaluation takes too many steps */
    public JsonNode evaluate(Facts facts) {
        return new Evaluation().value(root, facts);
    }

    public boolean holds(Facts facts) {
        return JavaScript.isTruthy(evaluate(facts));
    }

    /**
     * The fixed paths that the rule reads. What it reads besides depends on the data if {@link #readsEverything()}.
     * Paths inside of {@code map} and its like, which refer to elements, are among them.
     */
    public Set<List<String>> variables() {
        return variables;
    }

    /** Whether some path is computed, or the whole document is read. */
    public boolean readsEverything() {
        return readsEverything;
    }

    /** What a value counts as. */
    public enum Truth {
        /** Exactly true. */
        TRUE,
        /** Something else that holds, such as a number. */
        TRUTHY,
        FALSY
    }

    public Truth truth(Facts facts) {
        JsonNode value = evaluate(facts);
        if (value.isBoolean()) {
            return value.booleanValue() ? Truth.TRUE : Truth.FALSY;
        }
        return JavaScript.isTruthy(value) ? Truth.TRUTHY : Truth.FALSY;
    }

    /**
     * The smallest parts that make the rule fail, in the order of the rule: descends through {@code and} and {@code or}
     * where they are false themselves; anything else is a part, and false unless it is exactly true.
     */
    public List<Leaf> falseLeaves(Facts facts) {
        var leaves = new ArrayList<Leaf>();
        new Evaluation().falseLeaves(root, facts, leaves);
        return leaves;
    }

    /**
     * The rule as a tree in which each part stands beside its value: {@code [part, {"resulted_value": true}]}, and within
     * {@code and} and {@code or} each of their parts likewise. Only exactly true counts as true.
     */
    public JsonNode explain(Facts facts) {
        return new Evaluation().explain(root, facts);
    }

    private void collect(Expression expression, Set<List<String>> read) {
        switch (expression) {
            case Expression.Literal literal -> {}
            case Expression.ListOf list -> list.elements().forEach(part -> collect(part, read));
            case Expression.And and -> and.parts().forEach(part -> collect(part, read));
            case Expression.Or or -> or.parts().forEach(part -> collect(part, read));
            case Expression.Variable variable -> {
                if (variable.path().isEmpty()) {
                    readsEverything = true;
                } else {
                    read.add(variable.path());
                }
                collect(variable.fallback(), read);
            }
            case Expression.Operation operation -> {
                switch (operation.operator()) {
                    case VAR, MISSING, MISSING_SOME -> readsEverything = true;
                    default -> {}
                }
                operation.arguments().forEach(part -> collect(part, read));
            }
        }
    }
}
