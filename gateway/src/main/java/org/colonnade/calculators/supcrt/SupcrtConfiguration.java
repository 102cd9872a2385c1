package org.colonnade.calculators.supcrt;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Makes the settings known. */
@Configuration
@EnableConfigurationProperties(SupcrtProperties.class)
class SupcrtConfiguration {}
