package org.colonnade.calculators.supcrt;

import java.util.List;
import org.colonnade.calculators.species.SpeciesSource;
import org.colonnade.geochemistry.species.Species;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the databases that scripts of the js2 gateway know into the index of species, if the operator installed them. */
@Configuration(proxyBeanMethods = false)
class SupcrtSpecies {

    @Bean
    SpeciesSource supcrtblSpecies(SupcrtDatabases databases) {
        return new Installed("supcrtbl", "dpronsbl", databases);
    }

    @Bean
    SpeciesSource supcrtblReeSpecies(SupcrtDatabases databases) {
        return new Installed("supcrtbl_ree", "dpronsbl_ree", databases);
    }

    private record Installed(String query, String database, SupcrtDatabases databases) implements SpeciesSource {

        @Override
        public List<Species> species() {
            try {
                return databases.find(Owner.SYSTEM, database).species().stream()
                        .filter(s -> switch (s.kind()) {
                            case MINERAL, GAS, AQUEOUS -> true;
                            case WATER, ELECTRON -> false;
                        })
                        .map(s -> new Species(s.name(), s.label().formula(), List.of(), List.of(query)))
                        .toList();
            } catch (ProblemException e) {
                return List.of();
            }
        }
    }
}
