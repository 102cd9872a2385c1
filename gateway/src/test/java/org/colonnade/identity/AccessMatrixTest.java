package org.colonnade.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.colonnade.identity.ApiRoutes.Person;
import org.colonnade.identity.ApiRoutes.Route;
import org.colonnade.identity.access.Roles;
import org.colonnade.identity.account.ExternalAccounts;
import org.colonnade.identity.account.ExternalAccounts.Claimed;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.colonnade.testing.RouteRecipe;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * Asks every route that the API describes as a guest and as a pending, an approved and an administrating user, and writes
 * down who gets past the door. A route that opens or closes unnoticed changes the page, and the build says so.
 */
@GatewayTest
class AccessMatrixTest {

    private static final Path PAGE = Path.of("..", "docs", "security", "access-matrix.md");
    private static final String HEAD = """
        # Who gets past which door

        Written by `AccessMatrixTest`, which asks every route that the API describes, as each kind of visitor, with an empty request about
        things that do not exist. *yes*: the route answered, if only that there is no such thing; *input*: it found the
        request wanting before it had to decide; *sign in*: 401; *no*: 403.

        | route | guest | pending | approved | administrator |
        |---|---|---|---|---|
        """;
    private static final String WHOSE = """

        # Whose things they are

        Every identifier in a path names either a person's own thing, which is not there for anybody else (404, tried by
        `OwnershipTest` for each method as another user, as a pending one and as a guest), or something common.

        | below | identifiers | whose |
        |---|---|---|
        """;

    @Value("${local.server.port}")
    int port;

    @Autowired
    ApiRoutes routes;

    @Autowired
    ExternalAccounts external;

    @Autowired
    Roles roles;

    @Test
    @Asvs({"8.2.1", "8.3.1"})
    void whoMayEnterWhereIsWrittenDown() throws Exception {
        Map<String, Person> visitors = new LinkedHashMap<>();
        visitors.put("guest", new Person(Visitor.SYSTEM, ""));
        visitors.put("pending", routes.arrive(false));
        visitors.put("approved", routes.arrive(true));
        visitors.put("administrator", administrator());
        StringBuilder page = new StringBuilder(HEAD);
        for (Route route : routes.all(port)) {
            page.append("| `").append(route).append("` |");
            for (Person visitor : visitors.values()) {
                page.append(' ')
                        .append(word(routes.ask(port, route, routes.examples(route), visitor)))
                        .append(" |");
            }
            page.append('\n');
        }
        page.append(WHOSE);
        routes.recipes().stream().map(AccessMatrixTest::line).sorted().forEach(page::append);
        assertThat(page).contains("| `GET /api/v1/tokens` | sign in | yes | yes | yes |");
        write(page.toString());
    }

    private static String line(RouteRecipe recipe) {
        String names = new TreeSet<>(recipe.parameters())
                .stream().map(name -> "`{" + name + "}`").collect(Collectors.joining(" "));
        String whose = recipe instanceof RouteRecipe.Shared shared ? "common: " + shared.why() : "its owner's";
        return "| `" + recipe.below() + "` | " + names + " | " + whose + " |\n";
    }

    private static String word(int status) {
        return switch (status) {
            case 400, 415, 422 -> "input";
            case 401 -> "sign in";
            case 403 -> "no";
            default -> {
                assertThat(status).isNotEqualTo(500);
                yield "yes";
            }
        };
    }

    private Person administrator() {
        var claimed = new Claimed("https://matrix.example", UUID.randomUUID().toString(), "Mira", null, false);
        UUID id = external.arriveApproved(claimed, "matrix", Set.of()).id();
        roles.grantFirst(id);
        return routes.person(external.arriveApproved(claimed, "matrix", Set.of()));
    }

    private static void write(String text) throws IOException {
        if (Files.exists(PAGE) && Files.readString(PAGE).equals(text)) {
            return;
        }
        Files.createDirectories(PAGE.getParent());
        Files.writeString(PAGE, text);
        fail("docs/security/access-matrix.md was out of date and has been rewritten: read it, then commit it");
    }
}
