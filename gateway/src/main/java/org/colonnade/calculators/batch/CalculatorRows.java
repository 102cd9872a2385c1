package org.colonnade.calculators.batch;

import java.util.List;
import java.util.Map;
import org.colonnade.calculators.description.Batch;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.http.Catalogue;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;

/** The rows of the calculators that describe themselves. */
@Component
class CalculatorRows implements BatchRows {

    private final Catalogue catalogue;

    CalculatorRows(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<String> keys() {
        return catalogue.all().stream().map(Calculator::key).toList();
    }

    @Override
    public Batch rows(Owner owner, String key, Map<String, String> options) {
        return catalogue.get(key).batch();
    }
}
