package org.colonnade.execution.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run prints, as it comes. The stream is opened again when it breaks, and goes on after the last line that was seen:
 * every line has its time. Of more than {@link #LIMIT} only the beginning is kept.
 */
final class PodLog implements AutoCloseable {

    /** Characters of output that become part of a job's log. */
    static final int LIMIT = 256 << 10;

    private static final String LEFT_OUT = "… the rest of the output is left out";
    private static final Duration GATHERING = Duration.ofMillis(700);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_LINE = 16 << 10;

    private final Api api;
    private final String pod;
    private final Runnable news;
    private final StringBuilder text = new StringBuilder();
    private Position position;
    private volatile boolean closed;
    private volatile @Nullable Closeable source;
    private volatile @Nullable Thread thread;

    /**
     * How far the log was read.
     *
     * @param last time of the last line; null before the first
     * @param length characters so far
     */
    record Position(@Nullable Instant last, long length) {

        static final Position START = new Position(null, 0);

        static Position parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Position(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return last + " " + length;
        }
    }

    /** @param upTo where to go on after this */
    record Chunk(String text, Position upTo) {}

    /** @param news called a moment after there is something to {@link #drain} */
    PodLog(Api api, String pod, Position from, Runnable news) {
        this.api = api;
        this.pod = pod;
        this.position = from;
        this.news = news;
    }

    PodLog follow() {
        thread = Thread.ofVirtual().name("kubernetes-log").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    read(true);
                } catch (IOException e) {
                    // The node or the network is away: the log goes on when it is back.
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            // Nobody follows any more.
        }
    }

    /** Reads what there is by now. */
    void readRest() throws IOException, InterruptedException {
        read(false);
    }

    private void read(boolean follow) throws IOException, InterruptedException {
        Instant from;
        synchronized (this) {
            if (position.length() >= LIMIT) {
                return;
            }
            from = position.last();
        }
        Api.Output output = api.output(pod, from, follow);
        source = output.source();
        try (var reader = new BufferedReader(new InputStreamReader(output.text(), UTF_8))) {
            for (String line = line(reader); line != null && !closed; line = line(reader)) {
                if (!add(line)) {
                    return;
                }
            }
        } finally {
            output.source().close();
        }
    }

    /** A line without an end must not fill the memory. */
    private static @Nullable String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** @return false if there is no room for more */
    private synchronized boolean add(String line) {
        int blank = line.indexOf(' ');
        Instant time;
        try {
            time = Instant.parse(blank < 0 ? line : line.substring(0, blank));
        } catch (DateTimeParseException e) {
            // Not a line of the log, but what the server says about it.
            return true;
        }
        Instant last = position.last();
        if (last != null && !time.isAfter(last)) {
            return true;
        }
        boolean first = text.isEmpty();
        String words = blank < 0 ? "" : line.substring(blank + 1);
        boolean fits = position.length() + words.length() < LIMIT;
        text.append(fits ? words : LEFT_OUT).append('\n');
        position = new Position(time, fits ? position.length() + words.length() + 1 : LIMIT);
        if (first && thread != null) {
            Thread.ofVirtual().start(this::tell);
        }
        return fits;
    }

    private void tell() {
        try {
            Thread.sleep(GATHERING);
            news.run();
        } catch (InterruptedException stopped) {
            // The gateway stops.
        }
    }

    /** What came since the last call; empty if nothing did. */
    synchronized Optional<Chunk> drain() {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var chunk = new Chunk(text.toString(), position);
        text.setLength(0);
        return Optional.of(chunk);
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        Closeable open = source;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was closed already.
            }
        }
    }
}
