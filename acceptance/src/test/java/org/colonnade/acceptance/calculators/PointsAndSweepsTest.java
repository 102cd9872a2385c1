package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CO2, H2S and rates: type, compute, plot, sweep, save, send the address to a colleague. */
class PointsAndSweepsTest {

    @RegisterExtension
    private final Desk desk = new Desk();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "co2,   P_bar, 100, 1.42131,  Duan",
        "h2s,   P_bar, 50,  0.0333,   'Ji, X.'",
        "rates, pH,    3,   8.44956 × 10⁻¹²,  Marty",
    })
    void aPointIsTypedComputedPlottedSweptSavedAndOpenedAgainElsewhere(
            String name, String input, String value, String expected, String author) throws IOException {
        // given
        var page = desk.page();
        desk.visit("/calculators/" + name);
        assertThat(page.locator("#result").isVisible())
                .as("something is computed at once")
                .isTrue();
        // when: a point is typed
        switch (name) {
            case "co2" -> {
                page.locator("#T_K").fill("298.15");
                page.locator("#mNaCl").fill("0");
            }
            case "h2s" -> {
                page.locator("#system").selectOption("1");
                page.locator("#temp_K").fill("298.15");
                page.locator("#mNaCl").fill("0");
            }
            default -> page.locator("#species").selectOption("Albite");
        }
        page.locator("#" + input).fill(value);
        page.locator("#compute").click();
        page.waitForURL("**" + input + "=" + value + "*");
        // then: result, plot and table
        String result = page.locator("#result").innerText();
        assertThat(result).contains(expected);
        assertThat(desk.curves()).isPositive();
        page.locator("figure.plot summary").click();
        page.locator("figure.plot table tbody tr").nth(10).waitFor();
        // when: the axis is switched and another sweep is chosen
        page.locator("#plot-log-y").click();
        page.locator(".tabs a").nth(1).click();
        page.waitForURL("**vary=*");
        assertThat(page.locator("#" + input).inputValue())
                .as("the point is kept")
                .isEqualTo(value);
        assertThat(desk.curves()).isGreaterThanOrEqualTo(2);
        // then: the files say what they are
        assertThat(desk.downloaded(
                        () -> page.locator(".actions a:has-text('CSV')").click()))
                .contains("# calculator:", "# cite:", "# computed:");
        assertThat(desk.downloaded(() -> desk.plotButton("CSV")))
                .startsWith("# ")
                .contains("# cite:", "# inputs:", "/calculators/" + name);
        assertThat(desk.downloaded(() -> desk.plotButton("SVG"))).contains("<title", "<desc", "cite: ", "<path");
        var png = Files.readAllBytes(
                page.waitForDownload(() -> desk.plotButton("PNG")).path());
        assertThat(new String(png, StandardCharsets.ISO_8859_1))
                .startsWith("\u0089PNG")
                .contains("iTXtDescription", "cite: ");
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(1920);
        for (String kind : List.of("text", "BibTeX", "RIS")) {
            assertThat(desk.downloaded(
                            () -> page.locator("p a:text-is('" + kind + "')").click()))
                    .contains(author);
        }
        // and: a fresh browser shows the same numbers at this address
        String numbers = desk.numbers();
        assertThat(desk.seenElsewhere("#result")).containsExactly(numbers, result);
        // and: it can be kept under a name
        page.locator(".save summary").click();
        page.locator("#save-name").fill("My " + name);
        page.locator(".save-form button").click();
        page.waitForURL("**/calculators/saved");
        page.locator("a:text-is('My " + name + "')").click();
        assertThat(page.locator("#result").innerText()).isEqualTo(result);
        assertThat(desk.numbers()).isEqualTo(numbers);
        // and: forgotten again
        desk.visit("/calculators/saved");
        page.locator("button[aria-label='Delete My " + name + "']").click();
        page.locator("h2:text-is('Nothing saved yet')").waitFor();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "/calculators/rates, ten powers of ten, '1 × 10⁻¹⁰,1 × 10⁻¹²,1 × 10⁻²⁰'",
        "/calculators/rates?species=Quartz&vary=pH&values=4:8:0.25&vary2=none&plot=total, one, '1 × 10⁻¹³,2 × 10⁻¹³,5 × 10⁻¹³'",
    })
    void aLogarithmicAxisHasLabelsOverManyPowersOfTenAndOverOne(String path, String span, String labels) {
        desk.visit(path);
        desk.curves();
        assertThat(desk.page().locator("figure.plot svg text").allTextContents())
                .contains(labels.split(","));
    }

    @Test
    void aWrongNumberIsSaidWhenItsFieldIsLeftAndAnotherUnitGivesTheSameResult() {
        var page = desk.page();
        desk.visit("/calculators/co2");
        page.locator("#T_K").fill("600");
        page.locator("#P_bar").click();
        assertThat(page.locator("#T_K-error").innerText()).contains("outside the range 273 to 533 K");
        page.locator("#T_K").fill("298,15");
        page.locator("#P_bar").click();
        assertThat(page.locator("#T_K-error").innerText()).contains("comma");
        // when
        page.locator("#T_K").fill("25");
        page.locator("#P_bar").fill("10");
        page.locator("#mNaCl").fill("0");
        page.locator("details.more summary").first().click();
        page.locator("#unit_T_K").selectOption("CELSIUS");
        page.locator("#unit_P_bar").selectOption("MEGAPASCAL");
        page.locator("#compute").click();
        page.waitForURL("**unit_T_K=CELSIUS*");
        // then
        assertThat(page.locator("#result").innerText()).startsWith("1.42131");
        assertThat(page.locator("#T_K-hint").innerText()).contains("°C");
    }

    @Test
    void aFileOfPointsIsUploadedAndALongOneBecomesAJob() throws IOException {
        var page = desk.page();
        desk.visit("/calculators/co2");
        var file = folder.resolve("points.csv");
        Files.writeString(file, "T_K,P_bar,mNaCl\n298.15,100,0\n1,1,1\n");
        page.locator("#file").setInputFiles(file);
        assertThat(desk.downloaded(() ->
                        page.locator("button:has-text('Compute the file')").click()))
                .contains("298.15,100,0,1.42131", ",error,");
        // when
        Files.writeString(file, "T_K,P_bar,mNaCl\n" + "298.15,100,0\n".repeat(10_500));
        page.locator("#file").setInputFiles(file);
        page.locator("button:has-text('Compute the file')").click();
        page.waitForURL("**/jobs/*");
        // then
        page.locator("#job-status[data-state=completed]").waitFor();
        assertThat(desk.downloaded(() -> page.locator(".files a[aria-label='Download co2-batch.csv']")
                                .click())
                        .lines())
                .hasSize(10_501);
    }
}
