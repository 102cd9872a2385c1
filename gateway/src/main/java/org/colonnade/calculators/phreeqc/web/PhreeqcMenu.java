package org.colonnade.calculators.phreeqc.web;

import org.colonnade.web.Column;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PhreeqcMenu {

    /** Joins the calculators' column. */
    @Bean
    Column.Entry phreeqcEntry() {
        return new Column.Entry(
                "PHREEQC",
                "/calculators/phreeqc",
                "Speciation, equilibria, kinetics and transport with the program of the U.S. Geological Survey.");
    }
}
