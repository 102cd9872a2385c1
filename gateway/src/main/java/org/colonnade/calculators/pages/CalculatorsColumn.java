package org.colonnade.calculators.pages;

import java.util.ArrayList;
import java.util.List;
import org.colonnade.calculators.http.Catalogue;
import org.colonnade.web.Column;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the calculators into the menu; a page that is no {@code Calculator} joins by a bean of type Column.Entry. */
@Configuration(proxyBeanMethods = false)
class CalculatorsColumn {

    @Bean
    Column calculators(Catalogue catalogue, ObjectProvider<Column.Entry> others) {
        var entries = new ArrayList<Column.Entry>();
        catalogue.all().forEach(c -> entries.add(new Column.Entry(c.title(), "/calculators/" + c.key(), c.sentence())));
        others.orderedStream().filter(e -> e.path().startsWith("/calculators/")).forEach(entries::add);
        return new Column(
                "calculators",
                "Calculators",
                "/calculators",
                "Solubilities, rates and equilibria of geochemistry, each number with its source.",
                1,
                List.copyOf(entries));
    }
}
