package org.colonnade.certification.dqm;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.OptionalInt;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.certification.certify.Behind;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.QualitySamples;
import org.colonnade.certification.certify.Regularly;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks which datasets the quality monitor shows; of several gateways one at a time. */
@Component
public class QualityPoll {

    private final QualityMonitor monitor;
    private final QualitySamples samples;
    private final JdbcClient jdbc;

    QualityPoll(QualityMonitor monitor, QualitySamples samples, JdbcClient jdbc) {
        this.monitor = monitor;
        this.samples = samples;
        this.jdbc = jdbc;
    }

    @Configuration(proxyBeanMethods = false)
    static class Schedule {

        @Bean
        Regularly qualityMonitorRegularly(
                QualityPoll poll, QualityMonitor monitor, CertificationProperties properties) {
            return new Regularly(
                    "quality monitor",
                    monitor.isConfigured() ? properties.qualityMonitor().interval() : Duration.ZERO,
                    () -> {
                        poll.tick();
                        return true;
                    });
        }

        @Bean
        MeterBinder qualityMonitorMeter(QualityPoll poll, QualityMonitor monitor) {
            return Behind.meter("quality.monitor", monitor.isConfigured(), poll::behind);
        }
    }

    /**
     * @return how many datasets changed; empty if another gateway is looking
     * @throws OmsUnavailableException if it cannot be asked, or its answer is no list of samples
     */
    public OptionalInt tick() {
        if (!claim()) {
            return OptionalInt.empty();
        }
        String failure = null;
        try {
            return OptionalInt.of(samples.take(monitor.samples()));
        } catch (ProblemException e) {
            failure = "The quality monitor's answer holds no samples";
            throw new OmsUnavailableException(failure);
        } catch (OmsUnavailableException e) {
            failure = e.getMessage();
            throw e;
        } finally {
            release(failure);
        }
    }

    private boolean claim() {
        return jdbc.sql("""
            update certification.quality_poll
            set lease_until = now() + interval '10 minutes', asked_at = now()
            where lease_until < now()
            """).update() == 1;
    }

    /** Seconds since a look that succeeded; NaN if there was none. */
    double behind() {
        return jdbc.sql("""
            select coalesce(extract(epoch from now() - complete_at), 'NaN')
            from certification.quality_poll
            """).query(Double.class).single();
    }

    private void release(@Nullable String failure) {
        jdbc.sql("""
            update certification.quality_poll
            set lease_until = '-infinity', failure = :failure,
                complete_at = case when cast(:failure as text) is null then now() else complete_at end
            """).param("failure", failure).update();
    }
}
