package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.colonnade.acceptance.Axe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PHREEQC: an example, its live log, table, plot and zip, cancelling, running again with changes, and comparing. */
class PhreeqcTest {

    private static final Pattern RUN = Pattern.compile(".*/calculators/phreeqc/runs/[0-9a-f-]{36}");

    @RegisterExtension
    private final Desk desk = new Desk();

    @BeforeEach
    void theEngineIsThere() {
        desk.visit("/calculators/phreeqc");
        assumeTrue(desk.page().locator("#run").isEnabled(), "PHREEQC is not installed on this machine");
    }

    @Test
    void anExampleRunsAndItsChangedInputIsComparedWithIt() throws Exception {
        // when
        var page = desk.page();
        page.locator("#run").click();
        page.waitForURL(RUN);
        page.locator("#job-status[data-state=completed]").waitFor();
        // then: log, table, plot
        page.locator("#log .log-line:has-text('Reading input data for simulation 2')")
                .waitFor();
        page.locator("#tables").waitFor();
        assertThat(page.locator(".phreeqc-table").innerText()).contains("8.27867", "7.29532");
        assertThat(desk.curves()).isPositive();
        // and: what is copied is what PHREEQC wrote
        page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }");
        page.locator("#tables button:text-is('Copy')").click();
        page.locator("text=Result copied").waitFor();
        assertThat((String) page.evaluate("window.copied")).startsWith("pH\tCa").contains("\n8.27867");
        assertThat(page.locator("#output").innerText()).contains("End of Run after");
        assertThat(Axe.complaintsInBothThemes(page)).isEmpty();
        // and: files
        assertThat(desk.downloaded(
                        () -> page.locator(".actions a:has-text('CSV')").click()))
                .startsWith("pH,Ca");
        var zip = page.waitForDownload(
                () -> page.locator("a:has-text('All files (zip)')").click());
        try (var files = new ZipFile(zip.path().toFile())) {
            assertThat(files.stream().map(Object::toString)).contains("calcite.sel", "output.txt");
        }
        // when
        page.locator("#again").click();
        String input = page.locator("#input").inputValue();
        assertThat(input).contains("EQUILIBRIUM_PHASES");
        page.locator("#input").fill(input.replaceFirst("(?m)^\\s*temp\\s+25.*$", "    temp 40") + "\n# warmer\n");
        page.locator("#run").click();
        page.waitForURL(RUN);
        page.locator("#job-status[data-state=completed]").waitFor();
        page.locator("button:text-is('Compare')").click();
        page.waitForURL("**/compare?*");
        // then
        assertThat(page.locator(".difference-first, .difference-second").allInnerTexts())
                .anySatisfy(line -> assertThat(line).contains("# warmer"));
        assertThat(page.locator("[aria-label='Row by row'] tbody tr").count()).isGreaterThan(1);
        assertThat(desk.curves()).isEqualTo(2);
        assertThat(Axe.complaintsInBothThemes(page)).isEmpty();
    }

    @Test
    void aLongRunIsFollowedLiveAndCancelled() {
        var page = desk.page();
        page.locator("a:text-is('Long exchange column')").click();
        page.locator("#run").click();
        page.waitForURL(RUN);
        // then: lines come by themselves
        page.locator("#job-status[data-state=running]").waitFor();
        page.locator("#log .log-line").first().waitFor();
        // when
        page.locator("button:has-text('Cancel')").click();
        page.locator("#job-status[data-state=cancelled]").waitFor();
        // then
        assertThat(page.locator("button:text-is('Run again unchanged')").isVisible())
                .isTrue();
    }

    @Test
    void anInputThatIsRefusedIsKeptWithItsReason() {
        var page = desk.page();
        page.locator("#input").fill("SOLUTION 1\nINCLUDE$ /etc/passwd\n");
        page.locator("#run").click();
        assertThat(page.locator(".error-summary").innerText()).contains("line 2: INCLUDE$ cannot be used here");
        assertThat(page.locator("#input").inputValue()).contains("INCLUDE$ /etc/passwd");
    }

    @Test
    void aTemperatureOutsideTheDatabasesRangeIsWarnedOfBeforeTheRun() {
        var page = desk.page();
        desk.visit("/calculators/phreeqc?database=llnl.dat&input=SOLUTION+1%0A+temp+500%0AEND");
        assertThat(page.locator(".note-warning").innerText()).contains("Line 2", "500 °C is outside");
    }
}
