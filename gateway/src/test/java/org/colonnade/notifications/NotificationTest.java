package org.colonnade.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** What a room publishes, and what the administrator reads where no mail server is configured. */
@GatewayTest
class NotificationTest {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Mailbox mailbox;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void aMessageIsKeptForTheMailboxWithAllItsParts() {
        var message = new Notification(
                new Notification.Mail("ada@example.org"),
                "Run 7: completed " + UUID.randomUUID(),
                "It took 3 s.\nGrüße",
                "https://gateway.example/jobs/7",
                List.of(new Notification.Action("again", "Run again", "7", Notification.Style.PRIMARY)));
        transaction.executeWithoutResult(status -> events.publishEvent(message));

        var kept = mailbox.list(null, 1).getFirst();
        assertThat(kept.notification()).isEqualTo(message);
        assertThat(kept.state()).isEqualTo(Mailbox.State.KEPT);
        assertThat(kept.attempts()).isZero();
        assertThat(mailbox.find(kept.id())).contains(kept);
    }

    @Test
    void aTransactionThatIsRolledBackSendsNothing() {
        var message = message("never " + UUID.randomUUID());
        transaction.executeWithoutResult(status -> {
            events.publishEvent(message);
            status.setRollbackOnly();
        });
        assertThat(mailbox.list(null, 200))
                .noneMatch(kept -> kept.notification().equals(message));
    }

    @Test
    void theMailboxIsReadPageByPageFromTheNewestOn() {
        String run = UUID.randomUUID().toString();
        for (int i = 0; i < 7; i++) {
            events.publishEvent(message(run + " " + i));
        }
        List<String> read = new ArrayList<>();
        UUID after = null;
        while (read.size() < 7) {
            var page = mailbox.list(after, 3);
            assertThat(page).isNotEmpty();
            page.stream()
                    .map(kept -> kept.notification().subject())
                    .filter(subject -> subject.startsWith(run))
                    .forEach(read::add);
            after = page.getLast().id();
        }
        assertThat(read)
                .containsExactly(run + " 6", run + " 5", run + " 4", run + " 3", run + " 2", run + " 1", run + " 0");
        assertThatThrownBy(() -> mailbox.list(null, 201)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textThatADatabaseCannotTakeIsStillKept() {
        events.publishEvent(new Notification(
                new Notification.Mail("ada@example.org"), "odd " + UUID.randomUUID(), "a\u0000b\ud800c", null));
        assertThat(mailbox.list(null, 1).getFirst().notification().text()).isEqualTo("ab?c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: all@example.org", "x\ny", "x\ry", "x\u0000y", "x\u0085y", " "})
    void nothingButOneLineIsASubjectOrAnAddress(String text) {
        assertThatThrownBy(() -> message(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Notification.Mail(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Notification message(String subject) {
        return new Notification(new Notification.Mail("ada@example.org"), subject, "text", null);
    }
}
