package org.colonnade.calculators.species;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.species.SpeciesIndex;
import org.springframework.stereotype.Component;

/** The species of the rates and of every other source. */
@Component
public class SpeciesCatalogue {

    private final List<SpeciesSource> sources;
    private final SpeciesIndex index;

    SpeciesCatalogue(List<SpeciesSource> sources) {
        this.sources = List.copyOf(sources);
        var all = new ArrayList<>(SpeciesIndex.rateMinerals());
        sources.forEach(source -> all.addAll(source.species()));
        this.index = new SpeciesIndex(all);
    }

    public SpeciesIndex index() {
        return index;
    }

    /** The minerals whose rates can be computed, sorted without regard to case. */
    public List<String> rateNames() {
        return new MineralRates(RateDataset.LIBRARY)
                .minerals().stream().map(Mineral::name).toList();
    }

    /** The names of one source, sorted without regard to case; empty when it is not there. */
    public Optional<List<String>> names(String query) {
        return sources.stream()
                .filter(source -> source.query().equals(query))
                .findFirst()
                .map(source -> source.species().stream()
                        .map(Species::name)
                        .distinct()
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList())
                .filter(names -> !names.isEmpty());
    }
}
