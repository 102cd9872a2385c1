package org.colonnade.identity;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Says which requests come from scripts rather than from our pages. A bean of this type frees them from the anti-forgery
 * token; in return a cookie that a foreign site's page made the browser send along counts for nothing there.
 */
@FunctionalInterface
public interface StatelessPaths {

    boolean covers(HttpServletRequest request);
}
