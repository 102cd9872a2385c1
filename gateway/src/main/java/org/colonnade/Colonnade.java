package org.colonnade;

import org.jspecify.annotations.NullMarked;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The gateway's entry point. */
@NullMarked
@SpringBootApplication
@ConfigurationPropertiesScan
public class Colonnade {

    static void main(String[] args) {
        SpringApplication.run(Colonnade.class, args);
    }
}
