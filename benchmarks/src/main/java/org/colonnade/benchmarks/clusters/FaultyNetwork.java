package org.colonnade.benchmarks.clusters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy to a port of this machine that can swallow, slow down, or cut what passes through it. */
public final class FaultyNetwork implements AutoCloseable {

    /** What it does to bytes. */
    public enum Mood {
        /** Passes them on. */
        FINE,
        /** Swallows them and says nothing, as a firewall does that forgot a connection. */
        SILENT,
        /** Passes each block on after a pause. */
        SLOW,
        /** Cuts a connection after the given number of bytes towards the server. */
        CUTTING
    }

    private static final int SLOWNESS_MS = 150;

    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private volatile int target;
    private volatile Mood mood = Mood.FINE;
    private volatile long cutAfter = Long.MAX_VALUE;

    public FaultyNetwork(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Connections accepted so far. */
    public long connections() {
        return connections.get();
    }

    public void mood(Mood now) {
        mood = now;
    }

    /** The next connection that carries so many bytes to the server is cut, once. */
    public void cutAfter(long bytes) {
        cutAfter = bytes;
        mood = Mood.CUTTING;
    }

    /** Ends all connections; later ones go to that port. */
    public void retarget(int port) {
        target = port;
        sockets.forEach(FaultyNetwork::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                connections.incrementAndGet();
                Socket far = reach(near);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                Thread.ofPlatform().daemon().start(() -> pass(near, far, true));
                Thread.ofPlatform().daemon().start(() -> pass(far, near, false));
            } catch (IOException e) {
                // Nobody listens there now, or the door was closed: the caller sees a broken connection.
            }
        }
    }

    private Socket reach(Socket near) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            close(near);
            throw e;
        }
    }

    private void pass(Socket from, Socket to, boolean towardsServer) {
        byte[] block = new byte[1 << 16];
        long passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                passed += count;
                switch (mood) {
                    case FINE -> out.write(block, 0, count);
                    case SILENT -> {}
                    case SLOW -> {
                        Thread.sleep(SLOWNESS_MS);
                        out.write(block, 0, count);
                    }
                    case CUTTING -> {
                        if (towardsServer && passed > cutAfter) {
                            mood = Mood.FINE;
                            return;
                        }
                        out.write(block, 0, count);
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            // Either side is gone.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was gone already.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(FaultyNetwork::close);
    }
}
