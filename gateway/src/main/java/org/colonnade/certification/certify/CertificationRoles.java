package org.colonnade.certification.certify;

import org.colonnade.identity.RoleDeclaration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Roles that the shipped configuration gives rights to. What they may do is decided there. */
@Configuration(proxyBeanMethods = false)
class CertificationRoles {

    @Bean
    RoleDeclaration shifter() {
        return new RoleDeclaration(
                "certification.shifter", "Shifter", "Judges runs while they are taken, and signs them off.");
    }

    @Bean
    RoleDeclaration certificationExpert() {
        return new RoleDeclaration("certification.expert", "Detector expert", "Corrects verdicts and edits the rules.");
    }

    @Bean
    RoleDeclaration dataManager() {
        return new RoleDeclaration(
                "certification.data-manager",
                "Data manager",
                "Runs certification: cycles, batch work, official golden JSON files, undo.");
    }

    @Bean
    RoleDeclaration ingest() {
        return new RoleDeclaration("certification.ingest", "Ingest", "Sends runs and luminosity from the machine.");
    }
}
