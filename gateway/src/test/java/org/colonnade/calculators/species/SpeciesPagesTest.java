package org.colonnade.calculators.species;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.identity.TestBrowser;
import org.colonnade.testing.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.util.HtmlUtils;

/** The pages of species, without any script's help. */
@GatewayTest
class SpeciesPagesTest {

    private static final String PAGE = "/calculators/species";

    @Value("${local.server.port}")
    int port;

    private TestBrowser browser;

    @BeforeEach
    void open() {
        browser = new TestBrowser(port);
    }

    @Test
    void everySpeciesIsReachedPageByPage() {
        @Nullable String address = PAGE;
        int seen = 0;
        for (int page = 0; address != null && page < 500; page++) {
            String body = get(address).body();
            seen += body.split("class=\"card-title-cell\"", -1).length - 1;
            var next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(body);
            address = next.find() ? HtmlUtils.htmlUnescape(next.group(1)) : null;
        }
        assertThat(seen)
                .isGreaterThan(CuratedDatabase.instance().database().species().size());
        assertThat(get(PAGE + "?from=1000000").statusCode()).isEqualTo(200);
        assertThat(get(PAGE + "?from=-5").body()).contains(">1</span>–");
    }

    @ParameterizedTest
    @CsvSource({
        "name=baryte, Barite, Quartz",
        "formula=O2Si, Quartz, Albite",
        "elements=Ca+Mg+C, Dolomite, Aragonite",
    })
    void theyAreFoundByNameFormulaAndElements(String query, String found, String other) {
        assertThat(get(PAGE + "?" + query).body())
                .containsIgnoringCase(">" + found + "<")
                .doesNotContainIgnoringCase(">" + other + "<");
    }

    @ParameterizedTest
    @CsvSource({
        "formula=Xx2, cannot be read",
        "elements=Ca+Xx, has no element",
        "name=unobtainium, No species has all of this"
    })
    void whatCannotBeFoundSaysWhy(String query, String words) {
        assertThat(get(PAGE + "?" + query).body()).contains(words);
    }

    @Test
    void everyEnthalpyThatDoesNotGoWithItsGibbsEnergyIsMarkedAndNoOther() {
        CuratedDatabase.instance()
                .inconsistent()
                .forEach((name, misfit) -> assertThat(about(name).body())
                        .as(name)
                        .contains("do not give the Gibbs energy: the difference is", "note-warning"));
        assertThat(about("QUARTZ").body())
                .contains("60.083", "Holland and Powell (2011)", "−856.", "J/(mol·bar)")
                .doesNotContain("note-warning");
    }

    @Test
    void aSpeciesThatNobodyKnowsHasNoPage() {
        assertThat(about("Nosuchite").statusCode()).isEqualTo(404);
        assertThat(about("<b>").body()).doesNotContain("<b>");
    }

    private HttpResponse<String> about(String name) {
        return get(PAGE + "/about?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) {
        return browser.get(path);
    }
}
