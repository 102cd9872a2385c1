package org.colonnade.storage.zip;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gives every entry of one archive a path of its own that is harmless on Linux, macOS and Windows. Paths that differ only
 * in case count as equal, and no file is called like a folder.
 */
public final class EntryNames {

    private static final int MAX_DEPTH = 64;

    private final Set<String> files = new HashSet<>();
    /** The folder's path in lower case, and how it is written. */
    private final Map<String, String> folders = new HashMap<>();
    /** The next number to try after a name, so that ten thousand equal names take no time. */
    private final Map<String, Integer> next = new HashMap<>();

    /**
     * @param path folders, then the file's name, as users gave them
     * @return the path in the archive, with {@code /} between folders
     */
    public String add(List<String> path) {
        if (path.isEmpty() || path.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("A path has 1 to " + MAX_DEPTH + " parts, not " + path.size());
        }
        String folder = "";
        for (String part : path.subList(0, path.size() - 1)) {
            folder = folder(folder + SafeName.of(part)) + "/";
        }
        String file = free(folder + SafeName.of(path.getLast()));
        files.add(key(file));
        return file;
    }

    private String folder(String wanted) {
        String key = key(wanted);
        String known = folders.get(key);
        if (known != null) {
            return known;
        }
        String name = free(wanted);
        folders.put(key, name);
        folders.put(key(name), name);
        return name;
    }

    private String free(String wanted) {
        String key = key(wanted);
        if (!isTaken(key)) {
            return wanted;
        }
        while (true) {
            String candidate = SafeName.numbered(wanted, next.merge(key, 2, (old, two) -> old + 1));
            if (!isTaken(key(candidate))) {
                return candidate;
            }
        }
    }

    private boolean isTaken(String key) {
        return files.contains(key) || folders.containsKey(key);
    }

    /** Upper case first: some letters have one capital and two small forms. */
    private static String key(String path) {
        return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
