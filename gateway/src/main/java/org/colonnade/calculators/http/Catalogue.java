package org.colonnade.calculators.http;

import java.util.List;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Component;

/** All calculators that describe themselves, in the order of the menu. */
@Component
public class Catalogue {

    private final List<Calculator> calculators;

    Catalogue(List<Calculator> calculators) {
        this.calculators = List.copyOf(calculators);
    }

    public List<Calculator> all() {
        return calculators;
    }

    /** @throws ProblemException when there is none */
    public Calculator get(String key) {
        return calculators.stream()
                .filter(c -> c.key().equals(key))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("There is no calculator of this name; there are "
                        + calculators.stream().map(Calculator::key).toList()));
    }
}
