package org.colonnade.certification.oms;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.certification.certify.Behind;
import org.colonnade.certification.certify.Regularly;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for new runs in regular intervals. */
@Configuration(proxyBeanMethods = false)
class OmsSchedule {

    @Bean
    Regularly monitoringSystemRegularly(OmsPoll poll, OmsAddress address, CertificationProperties properties) {
        return new Regularly(
                "monitoring system",
                address.isConfigured() ? properties.oms().interval() : Duration.ZERO,
                () -> poll.tick().map(t -> t.failed() == 0).orElse(true));
    }

    @Bean
    MeterBinder monitoringSystemMeter(OmsPoll poll, OmsAddress address) {
        return Behind.meter("oms", address.isConfigured(), poll::behind);
    }
}
