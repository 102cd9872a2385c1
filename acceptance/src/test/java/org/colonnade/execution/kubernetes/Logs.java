package org.colonnade.execution.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a container printed, as a kubelet gives it: each line after its time, from a second on. */
final class Logs {

    private static final Pattern SINCE = Pattern.compile("sinceTime=([^&]+)");
    private static final long LOOK_MILLIS = 50;

    private Logs() {}

    /** @param address of the request, with what follows the question mark */
    static @Nullable Instant since(String address) {
        Matcher found = SINCE.matcher(address);
        return found.find() ? Instant.parse(found.group(1).replace("%3A", ":")) : null;
    }

    static String text(Container container, @Nullable Instant since) {
        var text = new StringBuilder();
        container.lines().stream().filter(line -> counts(line, since)).forEach(line -> text.append(format(line)));
        return text.toString();
    }

    /** Goes on until the container ended. */
    static void follow(Container container, @Nullable Instant since, OutputStream out)
            throws IOException, InterruptedException {
        int sent = 0;
        while (true) {
            boolean running = container.running();
            var lines = container.lines();
            for (; sent < lines.size(); sent++) {
                if (counts(lines.get(sent), since)) {
                    out.write(format(lines.get(sent)).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
            if (!running) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static boolean counts(Container.Line line, @Nullable Instant since) {
        return since == null || !line.time().truncatedTo(ChronoUnit.SECONDS).isBefore(since);
    }

    private static String format(Container.Line line) {
        return line.time() + " " + line.text() + "\n";
    }
}
