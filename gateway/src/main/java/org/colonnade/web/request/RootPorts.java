package org.colonnade.web.request;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.colonnade.web.FrontDoor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ports of their own for clients that expect their paths at the root of a server. Such requests are told by the port on
 * which the connection arrived: what a client writes into {@code Host} or an absolute address does not count.
 */
@Configuration(proxyBeanMethods = false)
class RootPorts {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> rootPortConnectors(FrontDoors doors) {
        return factory -> doors.rootPorts().forEach(port -> {
            var connector = new Connector();
            connector.setPort(port);
            factory.addAdditionalConnectors(connector);
        });
    }

    /** Not for the answering of errors, which goes by the port, too. */
    @Bean
    FilterRegistrationBean<PrefixFilter> rootPortPrefixes(FrontDoors doors) {
        var registration = new FilterRegistrationBean<>(new PrefixFilter(doors));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    /** Puts the door's prefix in front of every path on its port. */
    static final class PrefixFilter extends OncePerRequestFilter {

        private final FrontDoors doors;

        PrefixFilter(FrontDoors doors) {
            this.doors = doors;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Optional<FrontDoor> door = doors.atRootOf(request.getLocalPort());
            chain.doFilter(door.isPresent() ? new Prefixed(request, door.get().prefix()) : request, response);
        }
    }

    private static final class Prefixed extends HttpServletRequestWrapper {

        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getRequestURI() {
            return prefix + super.getRequestURI();
        }

        @Override
        public String getServletPath() {
            return prefix + super.getServletPath();
        }
    }
}
