package org.colonnade.calculators.supcrt;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A database that somebody brought. */
@Configuration(proxyBeanMethods = false)
class SupcrtRoutes {

    @Bean
    RouteRecipe supcrtRoutes(SupcrtDatabases databases) {
        return new RouteRecipe.Personal("/api/v1/calculators/supcrt/databases", Set.of("name"), owner -> {
            var halite = CuratedDatabase.instance().database().find("HALITE").orElseThrow();
            var name = "private";
            if (databases.list(owner.owner()).stream()
                    .noneMatch(entry -> entry.name().equals(name))) {
                databases.upload(owner.owner(), name, DirectAccessWriter.write(List.of(halite)));
            }
            return Map.of("name", name);
        });
    }
}
