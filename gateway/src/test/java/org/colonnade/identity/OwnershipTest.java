package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.colonnade.identity.ApiRoutes.Person;
import org.colonnade.identity.ApiRoutes.Route;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.colonnade.testing.RouteRecipe;
import org.colonnade.testing.RouteRecipe.Personal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * For every route of the API's description that names a person's own thing: its owner reaches it, and to anybody else it
 * is not there, whatever the method.
 */
@GatewayTest
class OwnershipTest {

    @Value("${local.server.port}")
    int port;

    @Autowired
    ApiRoutes routes;

    @Test
    void everyRouteWithAnIdentifierSaysWhoseItIs() throws Exception {
        List<String> unknown = routes.all(port).stream()
                .filter(route ->
                        !route.parameters().isEmpty() && routes.recipe(route).isEmpty())
                .map(route -> route + " (" + String.join(", ", route.parameters()) + ")")
                .toList();
        assertThat(unknown)
                .as(
                        "Routes with identifiers of which no test knows whose they are. Add a bean of type RouteRecipe to the tests of"
                                + " the room: Personal with a way to make such a thing for somebody, or Shared with the reason why"
                                + " everybody may see it")
                .isEmpty();
    }

    @TestFactory
    @Asvs("8.2.2")
    Stream<DynamicTest> toAnybodyElseTheThingIsNotThere() throws Exception {
        Person owner = routes.arrive(true);
        Map<String, Person> others =
                Map.of("another user", routes.arrive(true), "a pending user", routes.arrive(false));
        Person guest = new Person(owner.visitor(), "");
        List<Route> personal = routes.all(port).stream()
                .filter(route -> routes.recipe(route).orElse(null) instanceof Personal
                        && !route.parameters().isEmpty())
                .toList();
        assertThat(personal).hasSizeGreaterThan(20);
        return personal.stream()
                .map(route -> DynamicTest.dynamicTest(route.toString(), () -> {
                    // given
                    Map<String, String> thing = make(route, owner);
                    // when, then
                    for (var other : others.entrySet()) {
                        assertThat(routes.ask(port, route, thing, other.getValue()))
                                .as("%s asks %s", other.getKey(), route)
                                .isEqualTo(404);
                    }
                    assertThat(routes.ask(port, route, thing, guest))
                            .as("a guest asks")
                            .isIn(404, 401);
                    // and: its owner finds it, untouched by what the others tried
                    assertThat(routes.ask(port, route, thing, owner))
                            .as("the owner asks")
                            .isNotIn(401, 403, 404, 405, 500);
                }));
    }

    private Map<String, String> make(Route route, Person owner) throws Exception {
        RouteRecipe recipe = routes.recipe(route).orElseThrow();
        return ((Personal) recipe).maker().make(owner.visitor());
    }
}
