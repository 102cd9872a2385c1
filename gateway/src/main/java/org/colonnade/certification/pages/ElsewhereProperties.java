package org.colonnade.certification.pages;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Pages of other systems about a run, with {@code {run}} where its number belongs.
 *
 * @param oms of the monitoring system; null for none
 * @param qualityMonitor of the quality monitor; null for none
 */
@ConfigurationProperties("colonnade.certification.elsewhere")
record ElsewhereProperties(@Nullable String oms, @Nullable String qualityMonitor) {

    ElsewhereProperties {
        requireAddress(oms);
        requireAddress(qualityMonitor);
    }

    private static void requireAddress(@Nullable String address) {
        if (address != null && !address.matches("https?://.*")) {
            throw new IllegalArgumentException(
                    "colonnade.certification.elsewhere: " + address + " is not an address of the web");
        }
    }
}
