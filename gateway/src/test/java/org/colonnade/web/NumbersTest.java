package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "273, 273",
        "-0.05, −0.05",
        "1e-9, 1 × 10⁻⁹",
        "-2.5e12, −2.5 × 10¹²",
        "1234567, 1234567",
        "0.0001, 0.0001"
    })
    void numbersKeepTheirDigitsAndHaveTrueSigns(double value, String text) {
        assertThat(Numbers.plain(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "3249, 3.2 kB",
        "999949, 1 MB",
        "150000000, 150 MB",
        "1500000000, 1.5 GB"
    })
    void sizesAreInStepsOfAThousand(long bytes, String text) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }
}
