package org.colonnade.identity.token;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.colonnade.identity.request.Identified;
import org.colonnade.identity.token.PersonalTokens.Scope;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A personal token. */
@Configuration(proxyBeanMethods = false)
class TokenRoutes {

    @Bean
    RouteRecipe tokenRoutes(PersonalTokens tokens) {
        return new RouteRecipe.Personal(
                "/api/v1/tokens",
                Set.of("id"),
                owner -> Map.of(
                        "id",
                        tokens.create(
                                        owner,
                                        Identified.accountOf(owner),
                                        "private",
                                        Set.of(Scope.READ),
                                        Duration.ofHours(1))
                                .view()
                                .id()
                                .toString()));
    }
}
