package org.colonnade.certification.runregistry;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.web.FrontDoor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Where the interface stands, and how it says that something is wrong: clients look for {@code err}. */
@Configuration(proxyBeanMethods = false)
class RunRegistryDoor {

    static final String PREFIX = "/runregistry";

    @Bean
    FrontDoor runRegistryFrontDoor(CertificationProperties properties) {
        return new FrontDoor() {
            @Override
            public String prefix() {
                return PREFIX;
            }

            @Override
            public int rootPort() {
                return properties.rootPort();
            }

            @Override
            public Object errorBody(int status, String message) {
                return Map.of("err", message.isBlank() ? "The request was refused (" + status + ")" : message);
            }
        };
    }

    /** JSON is bounded for the whole gateway; here every body is read as JSON, whatever it calls itself. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> runRegistryBodies(
            @Value("${colonnade.web.max-json:4MB}") DataSize limit) {
        var filter = new OncePerRequestFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !request.getRequestURI().startsWith(PREFIX + "/");
            }

            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String type = request.getContentType();
                boolean bounded = type != null && type.toLowerCase(Locale.ROOT).contains("json");
                boolean endless = request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null;
                if (!bounded && (endless || request.getContentLengthLong() > limit.toBytes())) {
                    response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                } else {
                    chain.doFilter(request, response);
                }
            }
        };
        return new FilterRegistrationBean<>(filter);
    }

    @Bean
    ColumnPaths runRegistryPaths() {
        return new ColumnPaths("certification", List.of(PREFIX));
    }
}
