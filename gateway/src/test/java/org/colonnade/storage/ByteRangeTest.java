package org.colonnade.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 14.1.2, for a file of 1,000 bytes. */
class ByteRangeTest {

    @ParameterizedTest(name = "{0} → {1} to {2}")
    @CsvSource({
        "bytes=0-499, 0, 500",
        "bytes=500-, 500, 1000",
        "bytes=-1, 999, 1000",
        "bytes=-2000, 0, 1000",
        "bytes=999-999, 999, 1000",
        "bytes=0-999999999999999999, 0, 1000",
        "Bytes= 10-19 , 10, 20",
    })
    void aPart(String range, long from, long to) {
        assertThat(ByteRange.parse(range, 1000)).isEqualTo(new ByteRange.Part(from, to));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"bytes=1000-", "bytes=1000-1001", "bytes=-0"})
    void nothingOfTheFile(String range) {
        assertThat(ByteRange.parse(range, 1000)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "bytes=-",
                "bytes=5-4",
                "bytes=a-b",
                "items=0-1",
                "bytes=0-1,5-6",
                "bytes=9999999999999999999-",
                "garbage"
            })
    void somethingElseIsAnsweredWithTheWhole(String range) {
        assertThat(ByteRange.parse(range, 1000)).isEqualTo(new ByteRange.Whole());
    }
}
