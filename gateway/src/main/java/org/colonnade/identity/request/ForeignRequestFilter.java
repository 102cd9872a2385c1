package org.colonnade.identity.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses changes that a page of another origin asks for. */
class ForeignRequestFilter extends OncePerRequestFilter {

    private final ForgeryRules rules;

    ForeignRequestFilter(ForgeryRules rules) {
        this.rules = rules;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (rules.refusesForeign(request) && FetchSite.isForeign(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "The request came from another site");
            return;
        }
        chain.doFilter(request, response);
    }
}
