package org.colonnade.certification;

import java.util.Map;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The record of a data taking is common; roles say who may change it. */
@Configuration(proxyBeanMethods = false)
class CertificationRoutes {

    @Bean
    RouteRecipe certificationRoutes() {
        return new RouteRecipe.Shared(
                "/api/v1/certification",
                Map.of("run", "400001", "version", "1", "part", "acceptedDatasets", "id", "999999"),
                "Runs, datasets, versions, the configuration and golden JSON files are the experiment's common record; roles say who may change it");
    }

    @Bean
    RouteRecipe certificationPages() {
        return new RouteRecipe.Shared(
                "/certification", Map.of("number", "400001"), "What the pages about the common record load");
    }

    @Bean
    RouteRecipe runRegistryRoutes() {
        return new RouteRecipe.Shared(
                "/runregistry",
                Map.of(
                        "run", "400001",
                        "workspace", "global",
                        "from", "OPEN",
                        "to", "NO_STATE",
                        "attribute", "class",
                        "area", "dt",
                        "category", "class",
                        "column", "1",
                        "id", "999999",
                        "runClass", "Collisions26"),
                "The same record through the Run Registry's paths");
    }
}
