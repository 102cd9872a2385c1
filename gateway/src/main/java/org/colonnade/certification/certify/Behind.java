package org.colonnade.certification.certify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/** Shows operators how long ago another system was read completely. */
public final class Behind {

    private Behind() {}

    /**
     * @param system as the metric names it: {@code colonnade.certification.<system>.behind}
     * @param asked whether it is asked at all; otherwise there is no metric
     * @param seconds since a complete look; NaN if there was none
     */
    public static MeterBinder meter(String system, boolean asked, Supplier<Number> seconds) {
        return registry -> {
            if (asked) {
                Gauge.builder("colonnade.certification." + system + ".behind", seconds)
                        .baseUnit("seconds")
                        .description("Since the last look after which nothing was left to take over")
                        .register(registry);
            }
        };
    }
}
