package org.colonnade.certification.oms;

import org.colonnade.certification.CertificationProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where the monitoring system is asked: where the operator says, else at a double if there is one. */
@Component
public class OmsAddress {

    private final @Nullable String configured;
    private volatile @Nullable String substitute;

    OmsAddress(CertificationProperties properties) {
        this.configured = properties.oms().url();
    }

    public boolean isConfigured() {
        return configured != null;
    }

    /** @param url of a double, as {@link OmsDouble#url()} gives it */
    public void use(String url) {
        substitute = url;
    }

    /** @return null to ask nobody */
    @Nullable
    String url() {
        return configured != null ? configured : substitute;
    }
}
