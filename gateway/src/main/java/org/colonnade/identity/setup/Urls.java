package org.colonnade.identity.setup;

import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Links as the outside sees them. Never built from a request, whose {@code Host} anybody can choose. */
@Component
public class Urls {

    private final IdentityProperties properties;
    private final Environment environment;

    Urls(IdentityProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Without a slash at the end. */
    public String base() {
        URI configured = properties.baseUrl();
        if (configured != null) {
            return configured.toString().replaceAll("/+$", "");
        }
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        return "http://localhost:" + port;
    }

    /** @param path begins with a slash */
    public String to(String path) {
        return base() + path;
    }
}
