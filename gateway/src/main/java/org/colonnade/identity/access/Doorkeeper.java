package org.colonnade.identity.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.colonnade.identity.Access;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.identity.NotAllowedException;
import org.colonnade.identity.NotSignedInException;
import org.colonnade.identity.StatelessPaths;
import org.colonnade.identity.Visitor;
import org.colonnade.identity.setup.IdentityProperties;
import org.colonnade.identity.setup.IdentityProperties.Openness;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Stands before every handler: keeps guests out of personal pages, everybody but administrators out of the
 * administrators' ones, and all for whom the operator did not open a column out of that column.
 */
@Component
class Doorkeeper implements HandlerInterceptor, WebMvcConfigurer {

    private final Access access;
    private final Map<String, Openness> visibility;
    private final List<ColumnPaths> columns;
    private final List<StatelessPaths> scripts;

    Doorkeeper(
            Access access,
            IdentityProperties properties,
            ObjectProvider<ColumnPaths> declared,
            List<StatelessPaths> scripts) {
        this.access = access;
        this.scripts = List.copyOf(scripts);
        this.visibility = properties.visibility();
        var all = new ArrayList<>(declared.orderedStream().toList());
        visibility.keySet().forEach(key -> all.add(new ColumnPaths(key, List.of("/" + key, "/api/v1/" + key))));
        this.columns = List.copyOf(all);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // After whatever prepares pages: a refusal is shown on one.
        registry.addInterceptor(this).order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(request.getAttribute("visitor") instanceof Visitor visitor)) {
            return true;
        }
        String path = path(request);
        if (below(path, "/account") || below(path, "/waiting")) {
            return visitor.guest() ? askToSignIn(request, response) : true;
        }
        if (below(path, "/admin") || below(path, "/api/v1/admin")) {
            if (visitor.guest()) {
                return askToSignIn(request, response);
            }
            access.require(visitor, "identity.administer", null);
            return true;
        }
        return switch (opennessOf(path)) {
            case GUESTS -> true;
            case SIGNED_IN -> visitor.guest() ? askToSignIn(request, response) : true;
            case APPROVED -> {
                if (visitor.guest()) {
                    yield askToSignIn(request, response);
                }
                if (!visitor.isApproved()) {
                    throw new NotAllowedException("Your account is not approved yet. You will get a mail when it is.");
                }
                yield true;
            }
        };
    }

    private Openness opennessOf(String path) {
        return columns.stream()
                .filter(column -> column.prefixes().stream().anyMatch(prefix -> below(path, prefix)))
                .flatMap(column -> Stream.ofNullable(visibility.get(column.key())))
                .max(Openness::compareTo)
                .orElse(Openness.GUESTS);
    }

    /** A person sees the sign-in page and comes back afterwards; a script sees 401. */
    private boolean askToSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean page = request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && !below(path(request), "/api")
                && scripts.stream().noneMatch(paths -> paths.covers(request));
        if (!page) {
            throw new NotSignedInException();
        }
        String query = request.getQueryString();
        String next = path(request) + (query == null ? "" : "?" + query);
        response.sendRedirect(
                request.getContextPath() + "/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        return false;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceAll("/{2,}", "/");
    }

    private static boolean below(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
