package org.colonnade.web.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every answer and every log line of a request its {@link Reference}. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ReferenceFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String reference = Reference.of(request);
        response.setHeader("X-Reference", reference);
        try (var ignored = MDC.putCloseable("reference", reference)) {
            chain.doFilter(request, response);
        }
    }
}
