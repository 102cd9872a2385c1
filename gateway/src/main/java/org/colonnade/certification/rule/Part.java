package org.colonnade.certification.rule;

import java.util.List;

/**
 * A rule as all of, or any of, smaller ones. Where the smaller ones hold says where the whole does, so each of them can be
 * asked only where something that it reads changes.
 */
public sealed interface Part {

    record All(List<Part> parts) implements Part {}

    record Any(List<Part> parts) implements Part {}

    /**
     * @param rule not of this form itself
     * @param text its JSON
     */
    record One(Rule rule, String text) implements Part {}
}
