package org.colonnade.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.colonnade.identity.Access;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.RoleDeclaration;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.setup.IdentityPropertiesTest;
import org.colonnade.jobs.Owner;
import org.colonnade.testing.Asvs;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@GatewayTest
class DoorkeeperTest {

    private static final Visitor GUEST = new Visitor(new Owner("guest:1"), true, "Guest", Set.of());
    private static final Visitor PENDING = new Visitor(new Owner("user:1"), false, "Mira", Set.of());
    private static final Visitor APPROVED =
            new Visitor(new Owner("user:1"), false, "Mira", Set.of(RoleDeclaration.USER));
    private static final Visitor SHIFTER =
            new Visitor(new Owner("user:1"), false, "Mira", Set.of(RoleDeclaration.USER, "certification.shifter"));

    private static final Visitor ADMINISTRATOR =
            new Visitor(new Owner("user:2"), false, "Ada", Set.of(RoleDeclaration.USER, RoleDeclaration.ADMIN));

    @Autowired
    Access access;

    private Doorkeeper doorkeeper;

    @BeforeEach
    void theOperatorChose() {
        var declared = new StaticListableBeanFactory();
        declared.addBean("doors", new ColumnPaths("catalog", java.util.List.of("/old/catalog")));
        doorkeeper = new Doorkeeper(
                access,
                IdentityPropertiesTest.of(Map.of("visibility.catalog", "approved", "visibility.delivery", "signed-in")),
                declared.getBeanProvider(ColumnPaths.class),
                java.util.List.of(request -> request.getRequestURI().startsWith("/old")));
    }

    @Test
    @Asvs("8.2.1")
    void aColumnForApprovedUsersLetsNobodyElseIn() throws Exception {
        for (String path : new String[] {"/catalog", "/catalog/runs/1", "/api/v1/catalog/runs", "/old/catalog/x"}) {
            assertThat(enters(APPROVED, path)).isTrue();
            assertThatThrownBy(() -> enters(PENDING, path)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> enters(GUEST, path)).isInstanceOf(NotSignedInException.class);
        }
    }

    @Test
    void aColumnForThoseSignedInAsksForNoApproval() throws Exception {
        assertThat(enters(PENDING, "/delivery")).isTrue();
        assertThatThrownBy(() -> enters(GUEST, "/delivery")).isInstanceOf(NotSignedInException.class);
    }

    @Test
    void whatTheOperatorDidNotNameIsOpenToGuests() throws Exception {
        assertThat(enters(GUEST, "/calculators")).isTrue();
        assertThat(enters(GUEST, "/catalogue-of-something-else")).isTrue();
    }

    @Test
    void aPersonIsLedToTheSignInPageAndBack() throws Exception {
        var request = request(GUEST, "/catalog");
        request.addHeader("Accept", "text/html");
        request.setQueryString("q=a b");
        var response = new MockHttpServletResponse();
        assertThat(doorkeeper.preHandle(request, response, new Object())).isFalse();
        assertThat(response.getRedirectedUrl()).isEqualTo("/sign-in?next=%2Fcatalog%3Fq%3Da+b");
    }

    @Test
    void nothingRedirectsAtAFrontDoor() {
        var request = request(GUEST, "/old/catalog");
        request.addHeader("Accept", "text/html");
        assertThatThrownBy(() -> doorkeeper.preHandle(request, new MockHttpServletResponse(), new Object()))
                .isInstanceOf(NotSignedInException.class);
    }

    @Test
    void onlyAdministratorsSeeTheirPages() {
        assertThatThrownBy(() -> enters(APPROVED, "/admin/users")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> enters(APPROVED, "//admin//users")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> enters(GUEST, "/api/v1/admin/anything")).isInstanceOf(NotSignedInException.class);
    }

    @Test
    void onlyAdministratorsGrantAndNobodyWhatTheyHoldThemselves() {
        var shifter = new RoleDeclaration("certification.shifter", "Shifter", "");
        assertThat(access.may(ADMINISTRATOR, "identity.grant", shifter)).isTrue();
        assertThat(access.may(SHIFTER, "identity.grant", shifter)).isFalse();
        assertThat(access.may(APPROVED, "identity.grant", shifter)).isFalse();
        assertThat(access.may(GUEST, "identity.grant", shifter)).isFalse();
    }

    @Test
    void whatNoRuleAllowsIsRefused() {
        assertThat(access.may(SHIFTER, "unknown-room.anything", null)).isFalse();
        assertThat(access.may(SHIFTER, "no-dot", null)).isFalse();
        assertThat(access.may(GUEST, "identity.administer", null)).isFalse();
    }

    private boolean enters(Visitor visitor, String path) throws Exception {
        return doorkeeper.preHandle(request(visitor, path), new MockHttpServletResponse(), new Object());
    }

    private static MockHttpServletRequest request(Visitor visitor, String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setAttribute("visitor", visitor);
        return request;
    }
}
