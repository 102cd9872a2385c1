package org.colonnade.certification;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the registry.
 *
 * @param rootPort a port on which the Run Registry's paths stand at the root, as its client expects them; 0 for none
 */
@ConfigurationProperties("colonnade.certification")
public record CertificationProperties(
        @DefaultValue("0") int rootPort,
        @DefaultValue Oms oms,
        @DefaultValue QualityMonitor qualityMonitor) {

    /**
     * The quality monitor, which shows what was reconstructed.
     *
     * @param url of its list of samples; null to ask nobody
     * @param interval between two looks; zero to look only when the list is sent
     * @param timeout of one answer
     * @param keyStore a PKCS#12 file with the certificate by which the gateway is known there; null for none
     */
    public record QualityMonitor(
            @Nullable String url,
            @DefaultValue("0s") Duration interval,
            @DefaultValue("60s") Duration timeout,
            @Nullable Path keyStore,
            @Nullable String keyStorePassword) {}

    /**
     * The monitoring system of the machine.
     *
     * @param url ends before {@code /runs}; null to ask nobody
     * @param tokenUrl where a bearer token is fetched with client credentials; null for none
     * @param audience of that token; null to take it as it comes
     * @param interval between two looks for new runs; zero to look only when asked
     * @param timeout of one answer
     * @param pageSize lumisections per request
     */
    public record Oms(
            @Nullable String url,
            @Nullable String tokenUrl,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String audience,
            @DefaultValue("0s") Duration interval,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("5000") int pageSize) {}
}
