package org.colonnade.web.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.colonnade.identity.Visitor;
import org.colonnade.web.WebProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how fast one caller asks: a person who is signed in, or the network address of guests, who could have a new name
 * with every request. Styles, scripts and probes are not counted.
 */
@Component
@Order(RequestRateFilter.AFTER_SECURITY)
class RequestRateFilter extends OncePerRequestFilter {

    static final int AFTER_SECURITY = -90;

    private final RequestRate rate;

    RequestRateFilter(WebProperties properties) {
        rate = new RequestRate(properties.requestsPerSecond(), properties.requestBurst(), System::nanoTime);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = FrontDoors.path(request);
        return path.startsWith("/assets/") || path.startsWith("/webjars/") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long wait = rate.take(caller(request));
        if (wait == 0) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(1 + wait / 1_000_000_000));
            response.sendError(429);
        }
    }

    private static String caller(HttpServletRequest request) {
        return request.getAttribute("visitor") instanceof Visitor visitor && !visitor.guest()
                ? visitor.owner().value()
                : Networks.of(request.getRemoteAddr());
    }
}
