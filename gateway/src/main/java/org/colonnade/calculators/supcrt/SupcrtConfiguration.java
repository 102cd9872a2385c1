package org.colonnade.calculators.supcrt;

import java.util.List;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.web.Column;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the settings known, and the front door a part of the column whose visibility the operator sets. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SupcrtProperties.class)
class SupcrtConfiguration {

    @Bean
    Column.Entry supcrtEntry() {
        return new Column.Entry(
                "Reactions (SUPCRT)",
                "/calculators/supcrt",
                "Equilibrium constants of reactions among minerals, gases, dissolved species and water.");
    }

    @Bean
    ColumnPaths supcrtDoorPaths() {
        return new ColumnPaths("calculators", List.of("/api/supcrtbl"));
    }
}
