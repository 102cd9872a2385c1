package org.colonnade.execution.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads what a process prints, on a thread of its own, into lines. A process that prints faster than its lines are
 * taken waits at its pipe; one that prints more than it may is not read any further.
 */
final class OutputPump {

    private static final int LONGEST_LINE = 4000;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(500);
    private final InputStream source;
    private final long most;
    private final Thread thread;
    private volatile boolean exceeded;

    /** @param most bytes that the process may print */
    OutputPump(InputStream source, long most) {
        this.source = source;
        this.most = most;
        this.thread = Thread.ofVirtual().name("output").start(this::run);
    }

    private void run() {
        var line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        long count = 0;
        try {
            for (int length = source.read(buffer); length >= 0; length = source.read(buffer)) {
                count += length;
                split(line, buffer, (int) (length - Math.max(0, count - most)));
                if (count > most) {
                    exceeded = true;
                    break;
                }
            }
            if (line.size() > 0) {
                finish(line);
            }
        } catch (IOException e) {
            // The pipe is closed when the process is killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void split(ByteArrayOutputStream line, byte[] buffer, int length) throws InterruptedException {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                finish(line);
            } else {
                line.write(buffer[i]);
                if (line.size() == LONGEST_LINE) {
                    finish(line);
                }
            }
        }
    }

    private void finish(ByteArrayOutputStream line) throws InterruptedException {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        // Control characters could rewrite a terminal, and a zero byte cannot be stored as text.
        lines.put(text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "\uFFFD"));
        line.reset();
    }

    /** Whether the process printed more than it may. */
    boolean exceeded() {
        return exceeded;
    }

    /** The lines that came since the last call. */
    List<String> take() {
        var taken = new ArrayList<String>();
        lines.drainTo(taken);
        return taken;
    }

    /** Whether nothing more will come; waits at most {@code time} to find out. */
    boolean ended(Duration time) throws InterruptedException {
        return thread.join(time);
    }
}
