package org.colonnade.certification.runregistry;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.apache.catalina.connector.Connector;
import org.colonnade.certification.CertificationProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A port of its own for clients that expect the interface at the root of a server. Such requests are told by the port on
 * which the connection arrived: what a client writes into {@code Host} or an absolute address does not count.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("${colonnade.certification.root-port:0} > 0")
class RootPort {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> runRegistryConnector(CertificationProperties properties) {
        return factory -> {
            var connector = new Connector();
            connector.setPort(properties.rootPort());
            factory.addAdditionalConnectors(connector);
        };
    }

    @Bean
    FilterRegistrationBean<PrefixFilter> runRegistryPrefix(CertificationProperties properties) {
        var registration = new FilterRegistrationBean<>(new PrefixFilter(properties.rootPort()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        return registration;
    }

    /** Puts the prefix in front of every path on that port, also while an error is answered. */
    static final class PrefixFilter extends OncePerRequestFilter {

        private final int port;

        PrefixFilter(int port) {
            this.port = port;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getLocalPort() != port;
        }

        @Override
        protected boolean shouldNotFilterErrorDispatch() {
            return false;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(new Prefixed(request), response);
        }

        @Override
        protected void doFilterNestedErrorDispatch(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
            if (!path.startsWith(RunRegistryDoor.PREFIX)) {
                request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, RunRegistryDoor.PREFIX + path);
            }
            chain.doFilter(request, response);
        }
    }

    private static final class Prefixed extends HttpServletRequestWrapper {

        Prefixed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return RunRegistryDoor.PREFIX + super.getRequestURI();
        }

        @Override
        public String getServletPath() {
            return RunRegistryDoor.PREFIX + super.getServletPath();
        }
    }
}
