package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.Map;
import org.colonnade.calculators.batch.BatchRows;
import org.colonnade.calculators.description.Batch;
import org.colonnade.jobs.Owner;
import org.springframework.stereotype.Component;

/** Rows of reactions and states; {@code database} and {@code profile} stand beside the file. */
@Component
class SupcrtRows implements BatchRows {

    private final SupcrtService service;

    SupcrtRows(SupcrtService service) {
        this.service = service;
    }

    @Override
    public List<String> keys() {
        return List.of("supcrt");
    }

    @Override
    public Batch rows(Owner owner, String key, Map<String, String> options) {
        return SupcrtBatch.of(
                service.database(owner, options.get("database")), SupcrtService.profile(options.get("profile")));
    }
}
