package org.colonnade.storage;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.colonnade.storage.zip.SafeName;
import org.springframework.http.HttpHeaders;

/**
 * How a browser is to take a file that a user brought: never as a page of ours.
 *
 * @param contentType what the answer says it is
 * @param disposition with the name in both forms of RFC 6266
 */
public record FileHeaders(String contentType, String disposition) {

    private static final Set<String> HARMLESS =
            Set.of("application/json", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain");

    private static final String TEXT = "text/plain;charset=utf-8";

    /** For keeping. */
    static FileHeaders attachment(Download download) {
        return new FileHeaders(type(download.mediaType()), disposition("attachment", download.name()));
    }

    /** For looking at: every kind of text is shown as plain text; what a browser might run is for keeping only. */
    static FileHeaders inline(Download download) {
        String type = type(download.mediaType());
        return isHarmless(type) ? new FileHeaders(type, disposition("inline", download.name())) : attachment(download);
    }

    private static boolean isHarmless(String type) {
        return type.equals(TEXT) || HARMLESS.contains(type);
    }

    private static String type(String mediaType) {
        String base = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (base.startsWith("text/")) {
            return TEXT;
        }
        return base.matches("[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*") ? base : "application/octet-stream";
    }

    /** Puts these on an answer, and forbids guessing another kind and running anything. */
    public void set(HttpServletResponse response) {
        response.setContentType(contentType);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    /**
     * A {@code Content-Disposition} with a name that old clients read (ASCII) and one that all others do (RFC 8187).
     *
     * @param how {@code attachment} or {@code inline}
     */
    public static String disposition(String how, String name) {
        String safe = SafeName.of(name);
        String ascii = safe.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\%]", "_");
        String plain = how + "; filename=\"" + ascii + "\"";
        return ascii.equals(safe) ? plain : plain + "; filename*=UTF-8''" + encoded(safe);
    }

    /** Percent encoding of all but RFC 8187's attr-char. */
    private static String encoded(String name) {
        var result = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0)) {
                result.append(c);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return result.toString();
    }
}
