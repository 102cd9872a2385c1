package org.colonnade.storage.zip;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** File names that mean nothing but themselves, on every system and in every terminal. */
public final class SafeName {

    /** File systems take 255 bytes; the rest is for a number that tells equal names apart. */
    private static final int MAX_BYTES = 240;

    private static final int MAX_EXTENSION_BYTES = 32;
    private static final String FORBIDDEN = "/\\:*?\"<>|";
    /** Devices that Windows finds in every folder, whatever the extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])\\s*(\\..*)?");

    private SafeName() {}

    /** One part of a path: no separator, control character, text-direction mark or reserved name is left in it. */
    public static String of(String name) {
        String clean = isPlain(name) ? name : cleaned(name);
        // Windows drops dots and spaces at the end, which would make "..", or two names equal.
        String result = withoutEnd(shortened(withoutEnd(clean.strip())));
        if (result.isEmpty()) {
            return "unnamed";
        }
        return DEVICE.matcher(result).matches() ? "_" + result : result;
    }

    private static String cleaned(String name) {
        var clean = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFC)
                .codePoints()
                .map(c -> isHarmless(c) ? c : '_')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Most names are; an archive of ten thousand files is not kept waiting for the others' treatment. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // among them all marks that turn the direction of text
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> FORBIDDEN.indexOf(c) < 0;
        };
    }

    /** {@code a.txt} with number 2 becomes {@code a (2).txt}. */
    static String numbered(String path, int number) {
        int dot = extension(path);
        return path.substring(0, dot) + " (" + number + ")" + path.substring(dot);
    }

    private static String shortened(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        String extension = name.substring(extension(name));
        if (bytes(extension) > MAX_EXTENSION_BYTES) {
            extension = "";
        }
        String stem = name.substring(0, name.length() - extension.length());
        while (bytes(stem) + bytes(extension) > MAX_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension;
    }

    /** Where the last part's extension begins; its length if it has none. A dot in front begins a hidden name. */
    private static int extension(String path) {
        int start = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        return dot > start ? dot : path.length();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
