package org.colonnade.execution.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.colonnade.execution.Limits;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class CeilingTest {

    private static final Ceiling CEILING = new Ceiling("keeling", 4, Duration.ofHours(2), DataSize.ofGigabytes(8));

    private static Limits limits(int cores, Duration time, long memory) {
        return new Limits(time, time, memory, 1, 0, 0, 0, cores);
    }

    @Test
    void whatIsAllowedIsNotObjectedTo() {
        assertThat(CEILING.objection(limits(4, Duration.ofHours(2), 8L << 30))).isEmpty();
    }

    @Test
    void eachLimitIsNamedWithWhatWasAskedAndWhatIsAllowed() {
        assertThat(CEILING.objection(limits(5, Duration.ofHours(2), 8L << 30)))
                .contains("keeling does not allow this: 5 cores asked, at most 4");
        assertThat(CEILING.objection(limits(4, Duration.ofMinutes(121), 8L << 30)))
                .contains("keeling does not allow this: 121 minutes asked, at most 120");
        assertThat(CEILING.objection(limits(4, Duration.ofHours(2), (8L << 30) + 1)))
                .contains("keeling does not allow this: 8193 MB of memory asked, at most 8192 MB");
    }
}
