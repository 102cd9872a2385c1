package org.colonnade;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The gateway's entry point. */
@NullMarked
// Rooms choose the names of their classes without asking one another.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class Colonnade {

    static void main(String[] args) {
        var context = SpringApplication.run(Colonnade.class, args);
        if (context instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            System.out.println(
                    "Colonnade is ready: http://localhost:" + web.getWebServer().getPort());
        }
    }
}
