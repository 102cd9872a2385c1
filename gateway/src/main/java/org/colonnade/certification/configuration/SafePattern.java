package org.colonnade.certification.configuration;

import java.util.regex.Pattern;
import org.colonnade.certification.rule.RuleException;

/**
 * Regular expressions that cannot explode: Java's matcher backtracks, so what makes it do so without bound, a repeated
 * group that itself repeats, and back references, are refused.
 */
final class SafePattern {

    private static final Pattern REPEATED_GROUP_THAT_REPEATS = Pattern.compile("\\([^()]*[*+}][^()]*\\)[*+{]");
    private static final Pattern BACK_REFERENCE = Pattern.compile("\\\\[1-9k]");
    private static final int MAX_REPETITIONS = 12;

    private SafePattern() {}

    static Pattern compile(String expression) {
        long repetitions =
                expression.chars().filter(c -> c == '*' || c == '+' || c == '{').count();
        if (expression.length() > 500
                || repetitions > MAX_REPETITIONS
                || REPEATED_GROUP_THAT_REPEATS.matcher(expression).find()
                || BACK_REFERENCE.matcher(expression).find()) {
            throw new RuleException("The regular expression is too costly: " + expression);
        }
        return Pattern.compile(expression);
    }
}
