package org.colonnade.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.colonnade.identity.Access;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An operator who closes the calculators closes every path of them, pages, API and front doors. */
@GatewayTest
class ClosedCalculatorsTest {

    @Autowired
    Access access;

    @Autowired
    ObjectProvider<ColumnPaths> declared;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private Doorkeeper doorkeeper;

    @BeforeEach
    void theOperatorClosesTheCalculators() {
        doorkeeper = new Doorkeeper(
                access, IdentityPropertiesTest.of(Map.of("visibility.calculators", "approved")), declared, List.of());
    }

    @Test
    @Tag("G.35")
    void everyPathOfTheCalculatorsAsksForAnApprovedAccount() throws Exception {
        var guest = new Visitor(new Owner("guest:1"), true, "Guest", Set.of());
        var pending = new Visitor(new Owner("user:1"), false, "Mira", Set.of());
        var approved = new Visitor(new Owner("user:1"), false, "Mira", Set.of(RoleDeclaration.USER));
        var paths = paths();
        assertThat(paths)
                .contains("/calculators/supcrt/files/{id}", "/api/v1/calculators/{name}/batch")
                .contains(
                        "/api/co2", "/api/h2s", "/api/rate/calculate", "/api/species", "/api/phreeqc", "/api/supcrtbl");
        for (String path : paths) {
            assertThatThrownBy(() -> enters(guest, path)).as(path).isInstanceOf(NotSignedInException.class);
            assertThatThrownBy(() -> enters(pending, path)).as(path).isInstanceOf(NotAllowedException.class);
            assertThat(enters(approved, path)).as(path).isTrue();
        }
    }

    private Set<String> paths() {
        var paths = new TreeSet<String>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getPackageName().startsWith("org.colonnade.calculators")) {
                paths.addAll(mapping.getPatternValues());
            }
        });
        return paths;
    }

    private boolean enters(Visitor visitor, String path) throws Exception {
        var request = new MockHttpServletRequest("GET", path);
        request.setAttribute("visitor", visitor);
        return doorkeeper.preHandle(request, new MockHttpServletResponse(), new Object());
    }
}
