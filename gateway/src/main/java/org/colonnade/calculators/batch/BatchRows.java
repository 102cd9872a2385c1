package org.colonnade.calculators.batch;

import java.util.List;
import java.util.Map;
import org.colonnade.calculators.description.Batch;
import org.colonnade.jobs.Owner;

/** Where rows of some calculators come from; a bean of this type is enough. */
public interface BatchRows {

    /** The keys of the calculators whose rows these are. */
    List<String> keys();

    /**
     * @param options what stands beside the file, e.g. a database
     * @throws org.colonnade.web.ProblemException when an option is wrong
     */
    Batch rows(Owner owner, String key, Map<String, String> options);
}
