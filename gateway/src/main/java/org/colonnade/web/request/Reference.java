package org.colonnade.web.request;

import jakarta.servlet.ServletRequest;
import java.security.SecureRandom;

/** Names one request, short enough to be read out on the telephone. */
public final class Reference {

    static final String ATTRIBUTE = Reference.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();
    // Without letters that look like digits, and without u, as Crockford's base 32.
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private Reference() {}

    /** The request's reference; made on the first call. */
    public static String of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) {
            return known;
        }
        String made = next();
        request.setAttribute(ATTRIBUTE, made);
        return made;
    }

    public static String next() {
        var text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(32)));
        }
        return text.toString();
    }
}
