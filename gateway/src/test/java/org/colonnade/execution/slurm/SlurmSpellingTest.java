package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.colonnade.execution.Limits;
import org.colonnade.execution.place.Ceiling;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class SlurmSpellingTest {

    private static final Ceiling HOUR_AND_FOUR_GIGABYTES =
            new Ceiling("keeling", 4, Duration.ofHours(1), DataSize.ofGigabytes(4));

    @ParameterizedTest
    @CsvSource({
        "90, PT90M",
        "10:00, PT10M",
        "10:30, PT10M30S",
        "1:00:00, PT1H",
        "1-12, PT36H",
        "1-12:30, PT36H30M",
        "7-00:00:00, PT168H",
        "00:01:10.500, PT1M10.5S"
    })
    void everyFormOfATimeIsRead(String text, Duration time) {
        assertThat(SlurmSpelling.time(text)).contains(time);
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 5242880000",
        "4gb, 4294967296",
        "4G, 4294967296",
        "1.5G, 1610612736",
        "34532K, 35360768",
        "999T, 1098412116148224"
    })
    void everyFormOfASizeIsRead(String text, long bytes) {
        assertThat(SlurmSpelling.bytes(text, SlurmSpelling.MEGABYTE)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "infinite", "nonsense", "-5", "1-", "1:2:3:4", "4 GB", "1e9", "4X", "0x10", "12\n13"})
    void whatIsSpelledOtherwiseIsNothing(String text) {
        assertThat(SlurmSpelling.time(text)).isEmpty();
        assertThat(SlurmSpelling.bytes(text, 1)).isEmpty();
    }

    @Tag("A.17")
    @ParameterizedTest
    @CsvSource({
        "10:00, 4gb, ",
        "90, 4gb, '90 minutes asked, at most 60'",
        "1-12, 4gb, '2160 minutes asked, at most 60'",
        "10:00, 5000, '5000 MB of memory asked, at most 4096 MB'",
        "10:00, 999T, '1047527424 MB of memory asked, at most 4096 MB'"
    })
    void whatIsAskedInSlurmsSpellingIsComparedWithTheCeiling(String time, String memory, @Nullable String objection) {
        Duration wallTime = SlurmSpelling.time(time).orElseThrow();
        long bytes = SlurmSpelling.bytes(memory, SlurmSpelling.MEGABYTE).orElseThrow();
        var limits = new Limits(wallTime, wallTime, bytes, 1, 0, 0, 0, 1);
        assertThat(HOUR_AND_FOUR_GIGABYTES.objection(limits).orElse(null))
                .isEqualTo(objection == null ? null : "keeling does not allow this: " + objection);
    }
}
