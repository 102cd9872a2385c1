package org.colonnade.calculators.phreeqc.web;

import org.colonnade.calculators.phreeqc.Runs;
import org.colonnade.web.Column;
import org.colonnade.web.JobPage;
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

    @Bean
    JobPage phreeqcRuns() {
        return new JobPage(
                Runs.KIND, "PHREEQC run", "/calculators/phreeqc/runs/{id}", "/calculators/phreeqc?from={id}");
    }
}
