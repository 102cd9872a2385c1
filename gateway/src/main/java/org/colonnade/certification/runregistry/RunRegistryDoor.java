package org.colonnade.certification.runregistry;

import java.util.List;
import java.util.Map;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.identity.ColumnPaths;
import org.colonnade.web.FrontDoor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    @Bean
    ColumnPaths runRegistryPaths() {
        return new ColumnPaths("certification", List.of(PREFIX));
    }
}
