package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ended job left in its folder, as one command tells it.
 *
 * @param note how its command ended; null if it left none
 * @param streams the last bytes of what it printed, by the name of the file
 * @param files of its working folder
 */
record Remains(@Nullable EndNote note, Map<String, byte[]> streams, List<RemoteFile> files) {

    /** In the order in which the script prints them. */
    private static final List<String> STREAMS = List.of("stdout", "stderr", "scheduler.log");

    /** @throws IOException if the answer is cut */
    static Remains parse(String answer) throws IOException {
        String[] lines = answer.split("\n", STREAMS.size() + 2);
        if (lines.length < STREAMS.size() + 2) {
            throw new IOException("The list of what a job left came to an early end");
        }
        Map<String, byte[]> streams = new LinkedHashMap<>();
        for (int i = 0; i < STREAMS.size(); i++) {
            streams.put(STREAMS.get(i), Base64.getDecoder().decode(lines[i + 1]));
        }
        return new Remains(EndNote.parse(lines[0]).orElse(null), streams, RemoteFile.parse(lines[STREAMS.size() + 1]));
    }

    /** The end of a stream as text; a character that was cut at its beginning shows as such. */
    static String text(byte[] stream) {
        return new String(stream, UTF_8);
    }
}
