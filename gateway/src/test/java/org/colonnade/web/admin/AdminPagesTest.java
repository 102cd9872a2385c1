package org.colonnade.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.Set;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Owner;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Notification;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** The administrators' pages about the base, rendered for whoever the test says. */
@GatewayTest
class AdminPagesTest {

    private static final Visitor ADMIN = new Visitor(new Owner("user:ada"), false, "Ada", Set.of("admin"));
    private static final Visitor USER = new Visitor(new Owner("user:ben"), false, "Ben", Set.of());
    private static final Visitor GUEST = new Visitor(new Owner("guest:x"), true, "Guest", Set.of());

    @Autowired
    WebApplicationContext context;

    @Autowired
    Mailbox mailbox;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    private MockMvc pages;

    @BeforeEach
    void withoutFilters() {
        pages = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void theStatusPageShowsThisGatewayAndWhatItStandsOn() throws Exception {
        String page = open("/admin/status", ADMIN).getContentAsString();
        assertThat(page).contains("Gateways", " of ", "Foundations", "Database", " free of ", "Administration");
    }

    @Test
    void theMailboxShowsAMessageWithItsLink() throws Exception {
        new TransactionTemplate(transactions)
                .executeWithoutResult(transaction -> events.publishEvent(new Notification(
                        new Notification.Mail("ada@example.org"),
                        "Confirm <your> address",
                        "Follow the link.",
                        "http://localhost:8080/confirm/x")));
        String list = open("/admin/mailbox", ADMIN).getContentAsString();
        assertThat(list).contains("Confirm &lt;your&gt; address", "ada@example.org");
        var message = mailbox.list(null, 1).getFirst();
        assertThat(open("/admin/mailbox/" + message.id(), ADMIN).getContentAsString())
                .contains("Follow the link.", "href=\"http://localhost:8080/confirm/x\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/status",
                "/admin/clusters",
                "/admin/clusters/x",
                "/admin/mailbox",
                "/admin/mailbox/00000000-0000-0000-0000-000000000000"
            })
    void nobodyElseSeesThem(String path) throws Exception {
        assertThat(open(path, USER).getStatus()).isEqualTo(403);
        assertThat(open(path, GUEST).getStatus()).isIn(401, 302, 303);
    }

    @Test
    void withoutClustersThePageSaysHowToAddOne() throws Exception {
        assertThat(open("/admin/clusters", ADMIN).getContentAsString())
                .contains(
                        "No cluster is configured",
                        "colonnade.execution.slurm.clusters",
                        "colonnade.execution.kubernetes.clusters");
        assertThat(open("/admin/clusters/keeling", ADMIN).getStatus()).isEqualTo(404);
    }

    @Test
    void anUnknownMessageIsNotFound() throws Exception {
        assertThat(open("/admin/mailbox/nonsense", ADMIN).getStatus()).isEqualTo(404);
    }

    private MockHttpServletResponse open(String path, Visitor visitor) throws Exception {
        return pages.perform(get(path).accept("text/html").requestAttr("visitor", visitor))
                .andReturn()
                .getResponse();
    }
}
