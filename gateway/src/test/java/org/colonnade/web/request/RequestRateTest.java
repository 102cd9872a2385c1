package org.colonnade.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RequestRate rate = new RequestRate(10, 3, now::get);

    @Test
    void aBurstIsGrantedAndThenTheRate() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.take("a")).isZero();
        }
        assertThat(rate.take("a")).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(rate.take("a")).isZero();
        assertThat(rate.take("a")).isPositive();
    }

    @Test
    void oneCallerDoesNotStopAnother() {
        for (int i = 0; i < 4; i++) {
            rate.take("a");
        }
        assertThat(rate.take("b")).isZero();
    }

    @Test
    void whoAsksNoLongerIsForgotten() {
        for (int i = 0; i < 10_002; i++) {
            rate.take("caller " + i);
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        rate.take("last");
        assertThat(rate.callers()).isEqualTo(1);
    }
}
