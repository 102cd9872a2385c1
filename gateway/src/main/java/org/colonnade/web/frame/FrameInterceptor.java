package org.colonnade.web.frame;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import org.colonnade.identity.Visitor;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.Column;
import org.colonnade.web.WebProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Puts the {@link Frame} within reach of every template, error pages included. */
@Component
public class FrameInterceptor implements HandlerInterceptor {

    private final WebProperties properties;
    private final List<Column> columns;
    private final ObjectProvider<Jobs> jobs;

    FrameInterceptor(WebProperties properties, List<Column> columns, ObjectProvider<Jobs> jobs) {
        this.properties = properties;
        this.columns =
                columns.stream().sorted(Comparator.comparingInt(Column::order)).toList();
        this.jobs = jobs;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        provide(request);
        return true;
    }

    /** For pages about requests that no handler took, which interceptors never see. */
    public void provide(HttpServletRequest request) {
        request.setAttribute(
                "frame",
                new Frame(
                        properties.name(),
                        properties.logo() != null,
                        columns,
                        path(request),
                        () -> unfinished(request)));
    }

    private long unfinished(HttpServletRequest request) {
        Jobs known = jobs.getIfAvailable();
        return known != null && request.getAttribute("visitor") instanceof Visitor visitor
                ? known.countUnfinished(visitor.owner())
                : 0;
    }

    private static String path(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original == null ? request.getRequestURI() : original.toString();
        return path.substring(Math.min(path.length(), request.getContextPath().length()));
    }
}
