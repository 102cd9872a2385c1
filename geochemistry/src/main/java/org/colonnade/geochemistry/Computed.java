package org.colonnade.geochemistry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of a calculation with all that belongs to it, so that no caller can lose it on the way.
 *
 * @param value what was computed: a {@link Quantity} or a record of quantities
 * @param model which model and which constants gave it, in words
 * @param flags what a reader must see beside it, most important first
 * @param validity the conditions for which the model was published
 * @param references the publications that were really used
 */
public record Computed<T>(T value, String model, List<Flag> flags, Validity validity, List<Reference> references) {

    public Computed {
        flags = List.copyOf(flags);
        references = List.copyOf(references);
    }

    /** Something derived from the value keeps everything else. */
    public <R> Computed<R> map(Function<? super T, ? extends R> derive) {
        return new Computed<>(derive.apply(value), model, flags, validity, references);
    }

    public Optional<Flag> flag(Flag.Kind kind) {
        return flags.stream().filter(f -> f.kind() == kind).findFirst();
    }

    public boolean has(Flag.Kind kind) {
        return flag(kind).isPresent();
    }
}
