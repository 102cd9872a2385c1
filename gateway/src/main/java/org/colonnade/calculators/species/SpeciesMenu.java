package org.colonnade.calculators.species;

import org.colonnade.web.Column;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Puts the species into the menu of the calculators. */
@Configuration(proxyBeanMethods = false)
class SpeciesMenu {

    @Bean
    @Order(20)
    Column.Entry speciesEntry() {
        return new Column.Entry(
                "Species",
                "/calculators/species",
                "Minerals, gases and dissolved species by name, formula or element, with their data and sources.");
    }
}
