package org.colonnade.calculators;

import java.util.Map;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The calculators themselves belong to nobody. */
@Configuration(proxyBeanMethods = false)
class CalculatorRoutes {

    @Bean
    RouteRecipe calculatorRoutes() {
        return new RouteRecipe.Shared(
                "/api/v1/calculators",
                Map.of("name", "co2"),
                "A calculator is named; it computes what the request brings, and keeps nothing of it");
    }
}
