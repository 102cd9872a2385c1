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
                                "Offline datasets",
                                "/certification/offline/global",
                                "What was reconstructed from signed-off runs, certified by workspace."),
                        new Column.Entry(
                                "Cycles", "/certification/cycles/global", "Batches of datasets with a deadline."),
                        new Column.Entry(
                                "Golden JSON",
                                "/certification/json",
                                "Lists of good lumisections for analysis, with what they leave out and why."),
                        new Column.Entry(
                                "Certification rules",
                                "/certification/rules",
                                "By what runs and lumisections are judged, with tests and dry runs."),
                        new Column.Entry(
                                "Certification settings",
                                "/certification/settings",
                                "Workspaces, components, rights and accepted datasets."),
                        new Column.Entry(
                                "Certification log",
                                "/certification/log",
                                "Every act in the registry: who, when and why.")));
    }
}
