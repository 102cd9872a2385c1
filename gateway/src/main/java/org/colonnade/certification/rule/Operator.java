package org.colonnade.certification.rule;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the language, besides {@code and}, {@code or} and variables with a fixed path. */
enum Operator {
    VAR("var"),
    MISSING("missing"),
    MISSING_SOME("missing_some"),
    IF("if"),
    EQUAL("=="),
    SAME("==="),
    NOT_EQUAL("!="),
    NOT_SAME("!=="),
    NOT("!"),
    TRUTHY("!!"),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    MAX("max"),
    MIN("min"),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED("/"),
    MODULO("%"),
    MAP("map"),
    FILTER("filter"),
    REDUCE("reduce"),
    ALL("all"),
    NONE("none"),
    SOME("some"),
    MERGE("merge"),
    IN("in"),
    /** Not part of the language: what older rules about runs mean by {@code in}. */
    IN_ANY_CASE("in_any_case"),
    CAT("cat"),
    SUBSTR("substr"),
    LOG("log");

    private static final Map<String, Operator> BY_SYMBOL =
            Stream.of(values()).collect(Collectors.toMap(o -> o.symbol, Function.identity()));

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    static @Nullable Operator of(String symbol) {
        return symbol.equals("?:") ? IF : BY_SYMBOL.get(symbol);
    }
}
