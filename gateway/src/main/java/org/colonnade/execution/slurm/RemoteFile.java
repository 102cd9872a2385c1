package org.colonnade.execution.slurm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on the cluster.
 *
 * @param name without any folder
 * @param size in bytes
 * @param sha256 lower-case hexadecimal; null for a large file, which is read for it only when it travels
 */
public record RemoteFile(String name, long size, @Nullable String sha256) {

    /** A checksum, a blank, an asterisk, and "./" stand before a name. */
    private static final int BEFORE_NAME = 68;

    /** Reads what {@code list.sh} prints. */
    static List<RemoteFile> parse(String text) {
        String[] items = text.split("\0", -1);
        Map<String, RemoteFile> files = new LinkedHashMap<>();
        int i = 0;
        for (; i < items.length && !items[i].isEmpty(); i++) {
            int blank = items[i].indexOf(' ');
            String name = items[i].substring(blank + 1);
            files.put(name, new RemoteFile(name, Long.parseLong(items[i].substring(0, blank)), null));
        }
        for (i++; i < items.length; i++) {
            if (items[i].length() > BEFORE_NAME) {
                String sum = items[i].substring(0, 64);
                files.computeIfPresent(
                        items[i].substring(BEFORE_NAME), (name, file) -> new RemoteFile(name, file.size(), sum));
            }
        }
        return List.copyOf(files.values());
    }
}
