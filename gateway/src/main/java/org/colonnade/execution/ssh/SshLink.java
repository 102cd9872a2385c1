package org.colonnade.execution.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.io.output.NullOutputStream;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a login node, shared by everybody who needs it: opened when first used, kept alive, and opened again
 * after a loss with growing pauses. Safe for any number of threads.
 */
public final class SshLink implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration BROKEN_PIPE = Duration.ofSeconds(2);
    private static final int ERROR_LIMIT = 64 * 1024;
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int MISSED = 3;

    /** AES-GCM is computed by the processor's own instructions at both ends; ChaCha20, first by default, in Java here. */
    private static final List<NamedFactory<Cipher>> CIPHERS = Stream.concat(
                    Stream.of(BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256gcm),
                    BaseBuilder.DEFAULT_CIPHERS_PREFERENCE.stream())
            .distinct()
            .<NamedFactory<Cipher>>map(cipher -> cipher)
            .toList();

    private final SshEndpoint endpoint;
    private final InstantSource clock;
    private final Semaphore channels;
    private final Duration heartbeat;
    private final ReentrantLock connecting = new ReentrantLock();
    private final PinnedKeys pinnedKeys = new PinnedKeys();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    private volatile @Nullable SshClient client;
    private volatile @Nullable ClientSession session;
    private volatile @Nullable Outage outage;
    private volatile boolean closed;

    /** @param until no attempt is made before */
    private record Outage(Instant until, Duration pause, UnreachableException last) {}

    /** What a command said. */
    public record Output(int status, String out, String err) {

        /** First line of standard error, or of standard output if there is none. */
        public String firstLine() {
            return (err.isBlank() ? out : err).strip().lines().findFirst().orElse("no message");
        }
    }

    /**
     * @param channels how many commands may run over the connection at once; OpenSSH's own limit is 10
     * @param clock decides when the next attempt to connect is due
     */
    public SshLink(SshEndpoint endpoint, int channels, InstantSource clock) {
        this(endpoint, channels, clock, HEARTBEAT);
    }

    /** @param heartbeat how often the host is asked whether it is there; it is given up when it missed three */
    public SshLink(SshEndpoint endpoint, int channels, InstantSource clock, Duration heartbeat) {
        this.endpoint = endpoint;
        this.channels = new Semaphore(channels, true);
        this.clock = clock;
        this.heartbeat = heartbeat;
    }

    /**
     * Runs a command line that was put together with {@link ShellWords}.
     *
     * @param outputLimit standard output beyond so many bytes is an {@code IOException}
     * @throws UnreachableException if the host does not answer in time; the command may or may not have run
     */
    public Output run(String command, int outputLimit, Duration timeout) throws IOException, InterruptedException {
        return run(command, new byte[0], outputLimit, timeout);
    }

    /** As {@link #run(String, int, Duration)}, with something on standard input, of which the command reads what it wants. */
    public Output run(String command, byte[] input, int outputLimit, Duration timeout)
            throws IOException, InterruptedException {
        var out = new BoundedBytes(outputLimit, false);
        return converse(
                        command,
                        (in, from) -> {
                            say(input, in);
                            from.transferTo(out);
                        },
                        timeout)
                .withOut(out.text());
    }

    /** A command may end before it read everything, or anything: what it printed counts, and how it ended. */
    private static void say(byte[] input, OutputStream in) {
        try (in) {
            in.write(input);
        } catch (IOException unread) {
            // Of a connection that was lost no status is known.
        }
    }

    /** Writes to a command's standard input and reads its standard output, on the caller's thread. */
    public interface Talk {

        /**
         * @param in standard input; to be closed when all was written
         * @param out standard output; to be read to its end
         */
        void with(OutputStream in, InputStream out) throws IOException;
    }

    /** Runs a command line and talks to it. Streams of any length pass at the pace of the slower side. */
    public Exit converse(String command, Talk talk, Duration timeout) throws IOException, InterruptedException {
        return execute(command, null, talk, timeout);
    }

    /**
     * Runs a command line that reads nothing and prints much. What it prints is written from the thread that decrypts it, with
     * no buffer between: a stream that is slow holds up everything else on this connection.
     *
     * @throws LocalException if the stream takes no more
     */
    public Exit receive(String command, OutputStream to, Duration timeout) throws IOException, InterruptedException {
        return execute(command, to, (in, out) -> say(new byte[0], in), timeout);
    }

    private Exit execute(String command, @Nullable OutputStream to, Talk talk, Duration timeout)
            throws IOException, InterruptedException {
        var err = new BoundedBytes(ERROR_LIMIT, true);
        channels.acquire();
        try {
            ClientSession open = session();
            commands.incrementAndGet();
            ChannelExec channel = channel(open, command);
            var sink = to == null ? null : new Sink(to, channel);
            Thread guard = Thread.ofVirtual().unstarted(() -> closeAfter(timeout, channel));
            try {
                if (sink != null) {
                    channel.setOut(sink);
                }
                channel.setErr(err);
                channel.open().verify(endpoint.timeout());
                guard.start();
                channel.addCloseFutureListener(closed -> endOutput(channel));
                talk(channel, talk);
                var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), timeout);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Integer status = channel.getExitStatus();
                if (events.contains(ClientChannelEvent.TIMEOUT)) {
                    throw new IOException("no answer within " + timeout.toSeconds() + " s");
                }
                if (sink != null && sink.failure != null) {
                    throw new LocalException(sink.failure);
                }
                if (status == null) {
                    throw new IOException("the connection was lost");
                }
                return new Exit(status, err.text());
            } catch (LocalException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw lost(open, e);
            } finally {
                guard.interrupt();
                channel.close(true);
            }
        } finally {
            channels.release();
        }
    }

    private ChannelExec channel(ClientSession open, String command) throws UnreachableException {
        try {
            return open.createExecChannel(command);
        } catch (IOException e) {
            throw lost(open, e);
        } catch (IllegalStateException closing) {
            throw lost(open, new IOException("the connection was lost", closing));
        }
    }

    /** A connection that is lost in the very moment in which a channel opens would let a reader wait for ever. */
    private static void endOutput(ChannelExec channel) {
        if (channel.getInvertedOut() instanceof ChannelPipedInputStream output) {
            output.eof();
        }
    }

    /** A command that ends before it read everything has said why: its status counts, not the broken pipe. */
    private static void talk(ChannelExec channel, Talk talk) throws IOException {
        try {
            talk.with(channel.getInvertedIn(), channel.getInvertedOut());
        } catch (LocalException e) {
            throw e;
        } catch (IOException e) {
            channel.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), BROKEN_PIPE);
            if (channel.getExitStatus() == null || channel.getExitStatus() == 0) {
                throw e;
            }
        }
    }

    /** Something on this machine went wrong in the middle of a talk: a file could not be read, or a disk is full. */
    public static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        public LocalException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static void closeAfter(Duration timeout, ChannelExec channel) {
        try {
            Thread.sleep(timeout);
            channel.close(true);
        } catch (InterruptedException ended) {
            // In time.
        }
    }

    /** How a command with streams ended. */
    public record Exit(int status, String err) {

        public String firstLine() {
            return withOut("").firstLine();
        }

        Output withOut(String out) {
            return new Output(status, out, err);
        }
    }

    /** The next command tries to connect at once, whatever pause is due. */
    public void hurry() {
        outage = null;
    }

    /** Commands sent so far. */
    public long commands() {
        return commands.get();
    }

    /** Whether the connection stands now. */
    public boolean isOpen() {
        ClientSession now = session;
        return now != null && now.isOpen();
    }

    /** Connections opened so far. */
    public long connections() {
        return connections.get();
    }

    private ClientSession session() throws UnreachableException {
        ClientSession open = session;
        if (open != null && open.isOpen()) {
            return open;
        }
        connecting.lock();
        try {
            open = session;
            if (open != null && open.isOpen()) {
                return open;
            }
            Outage now = outage;
            if (now != null && clock.instant().isBefore(now.until())) {
                throw now.last();
            }
            open = connect();
            session = open;
            outage = null;
            return open;
        } finally {
            connecting.unlock();
        }
    }

    private ClientSession connect() throws UnreachableException {
        if (closed) {
            throw new UnreachableException(
                    UnreachableException.Cause.NETWORK, "The gateway is stopping", new IOException("closed"));
        }
        pinnedKeys.refused = false;
        ClientSession open = null;
        try {
            connections.incrementAndGet();
            var entry = new HostConfigEntry(
                    endpoint.host(), endpoint.host(), endpoint.port(), endpoint.user(), endpoint.jump());
            open = client().connect(entry).verify(endpoint.timeout()).getClientSession();
            open.auth().verify(endpoint.timeout());
            return open;
        } catch (IOException | RuntimeException e) {
            if (open != null) {
                open.close(true);
            }
            throw failed(e, pinnedKeys.refused);
        }
    }

    private synchronized SshClient client() {
        SshClient existing = client;
        if (existing != null) {
            return existing;
        }
        SshClient created = SshClient.setUpDefaultClient();
        created.setServerKeyVerifier(pinnedKeys);
        created.setCipherFactories(CIPHERS);
        // Nothing from the home folder of whoever runs the gateway: neither keys nor settings of hosts.
        created.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        created.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        // For the host to go through as well.
        switch (endpoint.credential()) {
            case SshEndpoint.Key key -> created.addPublicKeyIdentity(key.pair());
            case SshEndpoint.Password password -> created.addPasswordIdentity(password.secret());
        }
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(created, heartbeat);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(created, MISSED);
        CoreModuleProperties.IDLE_TIMEOUT.set(created, Duration.ZERO);
        created.start();
        client = created;
        return created;
    }

    private final class PinnedKeys implements ServerKeyVerifier {
        private volatile boolean refused;

        @Override
        public boolean verifyServerKey(
                ClientSession connection, java.net.SocketAddress address, java.security.PublicKey key) {
            refused = endpoint.hostKeys().stream().noneMatch(pinned -> KeyUtils.compareKeys(pinned, key));
            return !refused;
        }
    }

    private UnreachableException failed(Exception e, boolean hostKeyRefused) {
        var reason = hostKeyRefused
                ? UnreachableException.Cause.HOST_KEY
                : String.valueOf(e.getMessage()).contains("No more authentication methods available")
                        ? UnreachableException.Cause.CREDENTIAL
                        : UnreachableException.Cause.NETWORK;
        String what = switch (reason) {
            case HOST_KEY -> endpoint + " showed another host key than the pinned one; nothing was sent to it";
            case CREDENTIAL -> endpoint + " does not accept our key";
            case NETWORK -> endpoint + " does not answer: " + inWords(e);
        };
        return remember(new UnreachableException(reason, what, e));
    }

    /** What the innermost cause says; the library's own words around it name its classes. */
    private static String inWords(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceFirst("^Default\\w+Future\\[[^\\]]*\\]+: ", "");
    }

    /** A wrong key does not mend itself: it is asked again at the slowest pace from the start. */
    private UnreachableException remember(UnreachableException e) {
        Outage before = outage;
        Instant now = clock.instant();
        Duration pause = e.reason() != UnreachableException.Cause.NETWORK
                ? LONGEST_PAUSE
                : before == null ? FIRST_PAUSE : min(before.pause().multipliedBy(2), LONGEST_PAUSE);
        Duration jittered = pause.multipliedBy(ThreadLocalRandom.current().nextLong(50, 101))
                .dividedBy(100);
        outage = new Outage(now.plus(jittered), pause, e);
        return e;
    }

    /** After an error the connection is in doubt: it is given up, and the next call opens another. */
    private UnreachableException lost(ClientSession broken, IOException e) {
        connecting.lock();
        try {
            // The very connection that failed: another caller may have opened a new one already.
            @SuppressWarnings("ReferenceEquality")
            boolean current = session == broken;
            if (current) {
                session = null;
            }
        } finally {
            connecting.unlock();
        }
        broken.close(true);
        return remember(new UnreachableException(
                UnreachableException.Cause.NETWORK, endpoint + " does not answer: " + inWords(e), e));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        closed = true;
        SshClient existing = client;
        if (existing != null) {
            existing.stop();
        }
    }

    /** Ends its channel when it takes no more, and only that: the connection serves others. */
    private static final class Sink extends OutputStream {
        private final OutputStream to;
        private final ChannelExec channel;
        private volatile @Nullable IOException failure;

        Sink(OutputStream to, ChannelExec channel) {
            this.to = to;
            this.channel = channel;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) {
            if (failure != null) {
                return;
            }
            try {
                to.write(content, offset, length);
            } catch (IOException e) {
                failure = e;
                channel.close(false);
            }
        }
    }

    /** Keeps the first bytes; what comes after them is dropped or refused. */
    private static final class BoundedBytes extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final OutputStream rest = new NullOutputStream();
        private final int limit;
        private final boolean drop;

        BoundedBytes(int limit, boolean drop) {
            this.limit = limit;
            this.drop = drop;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            int room = Math.min(length, limit - bytes.size());
            bytes.write(content, offset, room);
            if (room < length && !drop) {
                throw new IOException("The answer is longer than " + limit + " bytes");
            }
            rest.write(content, offset + room, length - room);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
