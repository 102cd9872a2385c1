package org.colonnade.certification.pages;

import java.util.List;
import org.colonnade.web.Column;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts certification into the menu. */
@Configuration(proxyBeanMethods = false)
class CertificationColumn {

    @Bean
    Column certification() {
        return new Column(
                "certification",
                "Certification",
                "/certification",
                "Which lumisections are good: runs, verdicts with their history, and golden JSON.",
                5,
                List.of(
                        new Column.Entry(
                                "Online runs",
                                "/certification/online/global",
                                "Runs as they are taken, with the verdict on every component."),
                        new Column.Entry(
                                "Certification log",
                                "/certification/log",
                                "Every act in the registry: who, when and why.")));
    }
}
