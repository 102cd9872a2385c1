package org.colonnade.identity.request;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From where a browser says a request comes; scripts say nothing. */
final class FetchSite {

    private FetchSite() {}

    /**
     * True if a page of another origin caused the request. {@code same-site} counts as foreign: a neighbouring host is
     * not us. {@code none} is a person's own act, such as a bookmark. Browsers without Fetch Metadata are judged by
     * {@code Origin}.
     */
    static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !isOwn(origin, request.getHeader("Host"));
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return host != null
                    && authority != null
                    && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
