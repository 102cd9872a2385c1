package org.colonnade.calculators.species;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.colonnade.geochemistry.rates.Mineral;
import org.colonnade.geochemistry.rates.MineralRates;
import org.colonnade.geochemistry.rates.RateDataset;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.geochemistry.species.SpeciesIndex;
import org.springframework.stereotype.Component;

/** The species of the rates and of every other source, as they are now. */
@Component
public class SpeciesCatalogue {

    private final List<SpeciesSource> sources;
    private volatile Indexed indexed;

    /** An index with what it was made of. */
    private record Indexed(List<Object> versions, SpeciesIndex index) {}

    SpeciesCatalogue(List<SpeciesSource> sources) {
        this.sources = List.copyOf(sources);
        this.indexed = new Indexed(List.of(), SpeciesIndex.ofRates());
    }

    /** Made anew only when a collection came, went or changed. */
    public SpeciesIndex index() {
        var collections = collections();
        var versions =
                collections.stream().map(SpeciesSource.Collection::version).toList();
        var known = indexed;
        if (!known.versions().equals(versions)) {
            var all = new ArrayList<>(SpeciesIndex.rateMinerals());
            collections.forEach(collection -> all.addAll(collection.species()));
            known = new Indexed(versions, new SpeciesIndex(all));
            indexed = known;
        }
        return known.index();
    }

    private List<SpeciesSource.Collection> collections() {
        return sources.stream().flatMap(s -> s.collections().stream()).toList();
    }

    /** All that the sources say about a species, whichever way they write its name. */
    public List<SpeciesSource.Sheet> sheets(Species species) {
        return Stream.concat(Stream.of(species.name()), species.synonyms().stream())
                .flatMap(name -> sources.stream().flatMap(source -> source.sheets(name).stream()))
                .distinct()
                .toList();
    }

    /** The minerals whose rates can be computed, sorted without regard to case. */
    public List<String> rateNames() {
        return new MineralRates(RateDataset.LIBRARY)
                .minerals().stream().map(Mineral::name).toList();
    }

    /** The names of one collection, sorted without regard to case; empty when it is not there. */
    public Optional<List<String>> names(String query) {
        return collections().stream()
                .filter(collection -> collection.query().equals(query))
                .findFirst()
                .map(collection -> collection.species().stream()
                        .map(Species::name)
                        .distinct()
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList())
                .filter(names -> !names.isEmpty());
    }
}
