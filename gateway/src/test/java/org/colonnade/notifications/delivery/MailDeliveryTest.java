package org.colonnade.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.colonnade.notifications.delivery.OutboxFixture.PROPERTIES;
import static org.colonnade.notifications.delivery.OutboxFixture.deliverUntil;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import org.colonnade.notifications.Mailbox.State;
import org.colonnade.notifications.Notification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail to a real SMTP server that is sometimes there and sometimes not. */
class MailDeliveryTest {

    private static final Notification MESSAGE = new Notification(
            new Notification.Mail("ada@example.org"),
            "Grünes Experiment: completed",
            "Zwei Zeilen,\nmit Umlaut: ü",
            "https://gateway.example/jobs/7",
            List.of(
                    new Notification.Action(
                            "open", "Open the zip", "https://gateway.example/zip", Notification.Style.PLAIN),
                    new Notification.Action("accept_user", "Approve", "ada", Notification.Style.PRIMARY)));

    private OutboxFixture fixture;
    private int port;
    private GreenMail server;
    private Sender sender;

    @BeforeEach
    void prepare() throws IOException {
        fixture = new OutboxFixture();
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        var client = new JavaMailSenderImpl();
        client.setHost("127.0.0.1");
        client.setPort(port);
        client.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        sender = sender(client);
    }

    private Sender sender(JavaMailSenderImpl client) {
        return new Sender(fixture.outbox, new MailTransport(client, PROPERTIES), PROPERTIES);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMessageArrivesWithSubjectTextAndLinks() throws Exception {
        server.start();
        var message = fixture.add(MESSAGE);
        assertThat(sender.deliverOne()).isTrue();

        var received = server.getReceivedMessages()[0];
        assertThat(received.getSubject()).isEqualTo("Grünes Experiment: completed");
        assertThat(String.valueOf(received.getContent()).replace("\r\n", "\n").strip())
                .isEqualTo("Zwei Zeilen,\nmit Umlaut: ü\n\nhttps://gateway.example/jobs/7\n\n"
                        + "Open the zip: https://gateway.example/zip");
        assertThat(received.getHeader("To")).containsExactly("ada@example.org");
        assertThat(received.getHeader("From")).containsExactly("Colonnade <gateway@example.org>");
        assertThat(received.getMessageID()).isEqualTo("<" + message.id() + "@example.org>");
        var sent = fixture.message(message.id());
        assertThat(sent.state()).isEqualTo(State.SENT);
        assertThat(sent.sentAt()).isNotNull();
    }

    @Test
    void whereTheOperatorNamedNoServerNoMailIsTried() {
        var none = new JavaMailSenderImpl();
        none.setHost("");
        assertThat(new MailTransport(none, PROPERTIES).canReach(MESSAGE.to())).isFalse();
    }

    @Test
    void aServerThatIsDownDelaysAMessageUntilItIsUp() {
        var message = fixture.add(MESSAGE);
        deliverUntil(sender, () -> fixture.message(message.id()).attempts() >= 3);
        var waiting = fixture.message(message.id());
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.lastError()).contains("did not take the message");
        assertThat(waiting.nextAttemptAt()).isNotNull();

        server.start();
        deliverUntil(sender, () -> fixture.message(message.id()).state() == State.SENT);
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(fixture.message(message.id()).lastError()).isNull();
    }

    @Test
    void aServerThatRefusesForATimeGetsTheMessageLater() throws Exception {
        var message = fixture.add(MESSAGE);
        try (var busy = new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> {
                try (var connection = busy.accept()) {
                    connection
                            .getOutputStream()
                            .write("421 4.3.2 Try again later\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                return null;
            });
            assertThat(sender.deliverOne()).isTrue();
        }
        assertThat(fixture.message(message.id()).state()).isEqualTo(State.WAITING);
        assertThat(fixture.message(message.id()).lastError()).contains("421");

        server.start();
        deliverUntil(sender, () -> fixture.message(message.id()).state() == State.SENT);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aMessageThatIsSentAgainAfterACrashHasTheSameMessageId() throws Exception {
        server.start();
        var message = fixture.add(MESSAGE);
        // Another gateway takes it, sends it, and dies before it can say so.
        var claimed =
                fixture.outbox.claim(Transport.Kind.MAIL, Duration.ofMinutes(3)).orElseThrow();
        assertThat(sender.deliverOne()).as("nobody else takes it meanwhile").isFalse();
        fixture.jdbc
                .sql("update notifications.message set next_attempt_at = now()")
                .update();
        assertThat(sender.deliverOne()).isTrue();
        fixture.jdbc
                .sql("update notifications.message set state = 'waiting', next_attempt_at = now()")
                .update();
        assertThat(sender.deliverOne()).isTrue();

        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessages()[0].getMessageID())
                .isEqualTo(server.getReceivedMessages()[1].getMessageID());
        fixture.outbox.close(claimed, State.FAILED, "too late");
        assertThat(fixture.message(message.id()).state())
                .as("a claim that was lost changes nothing")
                .isEqualTo(State.SENT);
    }

    @Test
    void aMessageThatIsTooOldIsGivenUpVisibly() {
        var message = fixture.add(MESSAGE);
        fixture.jdbc
                .sql("update notifications.message set created_at = now() - interval '4 days'")
                .update();
        assertThat(sender.deliverOne()).isTrue();
        var failed = fixture.message(message.id());
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.lastError()).contains("did not take the message");
        assertThat(sender.deliverOne()).isFalse();
    }

    @Test
    void whatIsNoAddressFailsAtOnceAndReachesNobody() {
        server.start();
        for (String address : List.of("not an address", "a@example.org, b@example.org", "all: a@example.org;", "@")) {
            var message = fixture.add(new Notification(new Notification.Mail(address), "s", "t", null));
            assertThat(sender.deliverOne()).isTrue();
            assertThat(fixture.message(message.id()).state()).as(address).isEqualTo(State.FAILED);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void severalSendersDeliverEachMessageOnce() throws Exception {
        server.start();
        for (int i = 0; i < 40; i++) {
            fixture.add(new Notification(new Notification.Mail("ada@example.org"), "n" + i, "t", null));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (sender.deliverOne()) {
                        // until nothing is due
                    }
                });
            }
        }
        assertThat(Arrays.stream(server.getReceivedMessages()).map(MailDeliveryTest::subject))
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    private static String subject(Message message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
