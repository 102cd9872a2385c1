package org.colonnade.certification.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.colonnade.certification.listing.FilterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type above a column becomes the filter that scripts send. */
class FilterTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            > 300000               | {"n":{">":300000}}
            400001                 | {"n":{"=":400001}}
            325334, 234563         | {"or":[{"n":{"=":325334}},{"n":{"=":234563}}]}
            > 5 and < 9            | {"and":[{"n":{">":5}},{"n":{"<":9}}]}
            < 5 OR >= 3.8          | {"or":[{"n":{"<":5}},{"n":{">=":3.8}}]}
            > 5 and 7, 8           | {"and":[{"n":{">":5}},{"or":[{"n":{"=":7}},{"n":{"=":8}}]}]}
            not 5                  | {"n":{"<>":5}}
            4000%                  | {"n":{"like":"4000%"}}
            empty                  | {"n":{"=":null}}
            """)
    void numbersAreCompared(String typed, String filter) {
        assertThat(FilterText.parse("n", FilterText.Kind.NUMBER, typed)).hasToString(filter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            collisions             | {"t":{"like":"%collisions%"}}
            Coll%26                | {"t":{"like":"Coll%26"}}
            not cosmics            | {"t":{"notlike":"%cosmics%"}}
            NOTLIKE cosm%          | {"t":{"notlike":"cosm%"}}
            = OPEN                 | {"t":{"=":"OPEN"}}
            <> OPEN                | {"t":{"<>":"OPEN"}}
            "a, b and c"           | {"t":{"=":"a, b and c"}}
            Muon and not cosmics   | {"and":[{"t":{"like":"%Muon%"}},{"t":{"notlike":"%cosmics%"}}]}
            nothing                | {"t":{"like":"%nothing%"}}
            not empty              | {"t":{"<>":null}}
            """)
    void textsAreLookedForAnywhere(String typed, String filter) {
        assertThat(FilterText.parse("t", FilterText.Kind.TEXT, typed)).hasToString(filter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bad                    | {"dt-dt.BAD":{">":0}}
            BAD > 10               | {"dt-dt.BAD":{">":10}}
            not BAD                | {"dt-dt.BAD":{"=":null}}
            not empty              | {"dt-dt.EMPTY":{"=":0}}
            NO VALUE FOUND         | {"dt-dt.NO VALUE FOUND":{">":0}}
            BAD or STANDBY         | {"or":[{"dt-dt.BAD":{">":0}},{"dt-dt.STANDBY":{">":0}}]}
            """)
    void componentsAreFilteredByStatusAndCount(String typed, String filter) {
        assertThat(FilterText.parse("dt-dt", FilterText.Kind.STATUS, typed)).hasToString(filter);
    }

    @Test
    void onlyGoodMeansThatNoLumisectionHasAnythingElse() {
        assertThat(FilterText.parse("c", FilterText.Kind.STATUS, "only GOOD").toString())
                .contains("{\"c.GOOD\":{\">\":0}}", "{\"c.BAD\":{\"=\":null}}", "{\"c.EMPTY\":{\"=\":0}}")
                .doesNotContain("{\"c.GOOD\":{\"=\":null}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05       | {"t":{"like":"2026-05%"}}
            >= 2026-05-03 | {"t":{">=":"2026-05-03"}}
            """, quoteCharacter = '`')
    void aTimeMayBeItsBeginning(String typed, String filter) {
        assertThat(FilterText.parse("t", FilterText.Kind.TIME, typed)).hasToString(filter);
    }

    @Test
    void noAlsoFindsWhatWasNeverSaid() {
        assertThat(FilterText.parse("f", FilterText.Kind.YES_NO, "no"))
                .hasToString("{\"or\":[{\"f\":{\"=\":false}},{\"f\":{\"=\":null}}]}");
        assertThat(FilterText.parse("f", FilterText.Kind.YES_NO, "yes")).hasToString("{\"f\":{\"=\":true}}");
    }

    @ParameterizedTest
    @CsvSource({"NUMBER,abc", "NUMBER,>", "YES_NO,perhaps", "STATUS,splendid", "STATUS,only GOOD > 5", "TEXT,>"})
    void whatCannotBeReadIsRefusedWithItsReason(FilterText.Kind kind, String typed) {
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> FilterText.parse("x", kind, typed))
                .withMessageMatching("(is|needs|takes|has) .+");
    }
}
