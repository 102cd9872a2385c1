package org.colonnade.web.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.04S, 0.0 s",
        "PT0.86S, 0.8 s",
        "PT12.9S, 12 s",
        "PT3M5S, 3 min 5 s",
        "PT2H4M9S, 2 h 4 min",
        "PT73H, 3 d 1 h",
        "PT1H, 1 h"
    })
    void durationsHaveTwoUnitsAtMost(Duration duration, String text) {
        assertThat(Words.duration(duration)).isEqualTo(text);
    }
}
