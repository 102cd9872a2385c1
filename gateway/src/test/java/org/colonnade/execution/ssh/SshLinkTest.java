package org.colonnade.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The connection to a login node, against an SSH server in this process whose commands only say that they ran. */
@Execution(ExecutionMode.CONCURRENT)
class SshLinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(3);
    private KeyPair hostKey;
    private KeyPair ours;
    private SshServer server;

    @BeforeEach
    void startServer() throws Exception {
        hostKey = newKey();
        ours = newKey();
        server = serve(0);
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private SshServer serve(int port) throws IOException {
        SshServer made = SshServer.setUpDefaultServer();
        made.setHost("127.0.0.1");
        made.setPort(port);
        made.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        made.setPublickeyAuthenticator((user, key, session) -> {
            boolean known = key.equals(ours.getPublic());
            sessions.addAndGet(known ? 1 : 0);
            return known;
        });
        made.setPasswordAuthenticator((user, password, session) -> password.equals("gneiss"));
        made.setCommandFactory((channel, line) -> new Saying(line));
        made.start();
        return made;
    }

    @AfterEach
    void stopServer() throws IOException {
        server.stop(true);
    }

    private SshLink link(SshEndpoint.Credential credential, PublicKey pinned, int channels) {
        var endpoint =
                new SshEndpoint("127.0.0.1", server.getPort(), "gateway", List.of(pinned), credential, null, PATIENCE);
        return new SshLink(endpoint, channels, () -> Instant.EPOCH.plusSeconds(now.get()));
    }

    private static String say(SshLink link, String what) throws IOException, InterruptedException {
        return link.run(what, 1000, PATIENCE).out();
    }

    @Test
    void anyNumberOfCommandsShareOneConnectionAndSoManyChannels() throws Exception {
        try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            List<Future<String>> answers = IntStream.range(0, 12)
                    .mapToObj(n -> threads.submit(() -> say(link, "together")))
                    .toList();
            // then
            for (Future<String> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("together");
            }
            assertThat(mostRunning).hasValue(3);
            assertThat(link.connections()).isOne();
            assertThat(link.commands()).isEqualTo(12);
        }
    }

    @Test
    void afterALossItConnectsAgainWithPausesThatGrowAndDiffer() throws Exception {
        try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3)) {
            say(link, "before");
            int port = server.getPort();
            server.stop(true);
            // when nobody answers for five minutes, and somebody asks every second
            for (int second = 0; second < 300; second++) {
                now.set(second);
                assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> say(link, "during"));
            }
            // then it was tried after 1, 2, 4 … and at last every 60 seconds, each shortened by up to a half
            assertThat(link.connections()).isBetween(8L, 20L);
            server = serve(port);
            assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> say(link, "too early"));
            link.hurry();
            assertThat(say(link, "after")).isEqualTo("after");
        }
    }

    @Test
    void whoeverAsksWhileAConnectionEndsHearsThatTheHostCannotBeReached() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3);
                    var askers = Executors.newVirtualThreadPerTaskExecutor()) {
                say(link, "before");
                List<Future<Throwable>> heard = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    heard.add(askers.submit(() -> catchThrowable(() -> {
                        while (true) {
                            say(link, "during");
                        }
                    })));
                }
                server.stop(true);
                for (Future<Throwable> each : heard) {
                    assertThat(each.get()).isInstanceOf(UnreachableException.class);
                }
            }
            server = serve(0);
        }
    }

    @Test
    void aHostWithAnotherKeyIsToldNothingAndAskedAtTheSlowestPace() throws Exception {
        PublicKey other = newKey().getPublic();
        try (var link = link(new SshEndpoint.Key(ours), other, 3)) {
            for (int second = 0; second < 29; second++) {
                now.set(second);
                assertThatExceptionOfType(UnreachableException.class)
                        .isThrownBy(() -> say(link, "secret"))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(UnreachableException.Cause.HOST_KEY));
            }
            assertThat(link.connections()).isOne();
            assertThat(sessions).hasValue(0);
        }
    }

    @Test
    void aKeyThatIsNotAcceptedIsNamedAndThePasswordIsTakenWhereItIsAllowed() throws Exception {
        KeyPair unknown = newKey();
        try (var link = link(new SshEndpoint.Key(unknown), hostKey.getPublic(), 3)) {
            assertThatExceptionOfType(UnreachableException.class)
                    .isThrownBy(() -> say(link, "x"))
                    .withMessageContaining("does not accept our key")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(UnreachableException.Cause.CREDENTIAL));
        }
        try (var link = link(new SshEndpoint.Password("gneiss"), hostKey.getPublic(), 3)) {
            assertThat(say(link, "by password")).isEqualTo("by password");
        }
    }

    @Test
    void anAnswerThatIsLongerThanAllowedIsNoAnswer() throws Exception {
        try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> link.run("x".repeat(2000), 1000, PATIENCE))
                    .withMessageContaining("longer than 1000 bytes");
        }
    }

    @Test
    void aCommandThatEndsBeforeItReadItsInputHasAnsweredAllTheSame() throws Exception {
        try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3)) {
            // given more than the far end takes unread
            byte[] input = new byte[8 << 20];
            // when
            SshLink.Output output = link.run("brief", input, 1000, PATIENCE);
            // then
            assertThat(output).isEqualTo(new SshLink.Output(0, "brief", ""));
            assertThat(say(link, "after")).isEqualTo("after");
            assertThat(link.connections()).isOne();
        }
    }

    @Test
    void aStreamThatTakesNoMoreEndsItsCommandAndNotTheConnection() throws Exception {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (var link = link(new SshEndpoint.Key(ours), hostKey.getPublic(), 3)) {
            assertThatExceptionOfType(SshLink.LocalException.class)
                    .isThrownBy(() -> link.receive("x".repeat(20_000), full, PATIENCE))
                    .withMessage("No space left on device");
            assertThat(say(link, "after")).isEqualTo("after");
            assertThat(link.connections()).isOne();
        }
    }

    /** Prints its own command line; "together" only once three of them run at a time. */
    private final class Saying implements Command {

        private final String line;
        private @Nullable OutputStream out;
        private @Nullable ExitCallback exit;

        Saying(String line) {
            this.line = line;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::say);
        }

        private void say() {
            ExitCallback end = Objects.requireNonNull(exit);
            try {
                mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                if (line.equals("together")) {
                    all.countDown();
                    all.await(10, TimeUnit.SECONDS);
                }
                OutputStream to = Objects.requireNonNull(out);
                to.write(line.getBytes(StandardCharsets.UTF_8));
                to.flush();
                running.decrementAndGet();
                end.onExit(0);
            } catch (IOException | InterruptedException e) {
                end.onExit(1);
            }
        }

        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream stream) {
            this.out = stream;
        }

        @Override
        public void setErrorStream(OutputStream err) {}

        @Override
        public void setExitCallback(ExitCallback callback) {
            this.exit = callback;
        }

        @Override
        public void destroy(ChannelSession channel) {}
    }
}
