package org.colonnade.calculators.description;

import java.util.List;
import java.util.Map;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Validity;

/**
 * A computed point.
 *
 * @param numbers by the name of the output; NaN when there is no value
 * @param model which model and constants were used
 */
public record Answer(
        Map<String, Double> numbers, String model, List<Flag> flags, Validity validity, List<Reference> references) {

    public static Answer of(Computed<?> computed, Map<String, Double> numbers) {
        return new Answer(numbers, computed.model(), computed.flags(), computed.validity(), computed.references());
    }

    /** NaN when there is no such number. */
    public double number(String output) {
        return numbers.getOrDefault(output, Double.NaN);
    }
}
