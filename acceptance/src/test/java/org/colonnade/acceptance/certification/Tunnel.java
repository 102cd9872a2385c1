package org.colonnade.acceptance.certification;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes every connection on to one port of this machine, also those that ask, as of a proxy, for another host. */
final class Tunnel implements AutoCloseable {

    private static final int CONNECT = 'C';

    private final ServerSocket server;
    private final int target;
    private final AtomicInteger connections = new AtomicInteger();

    private Tunnel(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /**
     * @param port on which to listen; 0 for any that is free
     * @throws IOException if somebody else keeps the port for a minute
     */
    static Tunnel open(int port, int target) throws IOException, InterruptedException {
        var tunnel = new Tunnel(listen(port), target);
        Thread.ofVirtual().start(tunnel::accept);
        return tunnel;
    }

    private static ServerSocket listen(int port) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var server = new ServerSocket();
            try {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return server;
            } catch (IOException taken) {
                server.close();
                if (attempt == 60) {
                    throw taken;
                }
                Thread.sleep(1000);
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> pass(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pass(Socket client) {
        try (client;
                var to = new Socket(InetAddress.getLoopbackAddress(), target)) {
            var in = new BufferedInputStream(client.getInputStream());
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first == CONNECT) {
                skipHead(in);
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            Thread back = Thread.ofVirtual().start(() -> copy(to, client));
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
            back.join();
        } catch (IOException gone) {
            // One of the two hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // One of the two hung up.
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        int last = 0;
        while (last != 0x0D0A0D0A) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The request ends within its head");
            }
            last = last << 8 | next;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
