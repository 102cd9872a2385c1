package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.colonnade.acceptance.Axe;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.DirectAccessWriter;
import org.colonnade.geochemistry.supcrt.Species;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reactions: the editor, every view and diagram, files of the original program, databases, and the index of species. */
class ReactionsTest {

    @RegisterExtension
    private final Desk desk = new Desk();

    @TempDir
    Path folder;

    @Test
    void reactionsAreEditedWithALiveBalanceAndComparedInEveryView() {
        // given
        var page = desk.page();
        desk.visit("/calculators/supcrt");
        assertThat(desk.curves()).isEqualTo(2);
        // when: a reaction that lacks water is typed, nothing sent
        page.locator("#reactions").fill("-2 FAYALITE; 2 HEMATITE; 2 SiO2,aq");
        var complete = page.locator("#balance [data-complete]");
        complete.waitFor();
        assertThat(page.locator("#balance").innerText()).contains("O +2");
        complete.click();
        page.locator("#balance .balanced").waitFor();
        assertThat(page.locator("#reactions").inputValue()).contains("H2O", "e-");
        // and: a species is looked for
        page.locator("summary:has-text('Find a species')").click();
        page.locator("#find").pressSequentially("dolom");
        page.locator("#found [data-species=DOLOMITE]").click();
        assertThat(page.locator("#reactions").inputValue()).endsWith("1 DOLOMITE");
        // and: another reaction is computed
        page.locator("#reactions").fill("-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3-");
        page.locator("#pressure").fill("500");
        page.locator("#compute").click();
        page.waitForURL("**pressure=500*");
        assertThat(page.locator("figure.plot figcaption").innerText()).contains("at 500 bar");
        // then: files and address give the same numbers
        String numbers = desk.numbers();
        assertThat(desk.downloaded(
                        () -> page.locator(".actions a:has-text('CSV')").first().click()))
                .contains("# database colonnade", "-1 CALCITE; -1 H+; 1 Ca+2; 1 HCO3-");
        assertThat(desk.downloaded(() -> page.locator("a:text-is('.out')").click()))
                .contains("CALCITE");
        assertThat(desk.seenElsewhere("figure.plot figcaption").getFirst()).isEqualTo(numbers);
        // and: seen as contours, with the same reaction
        page.locator(".tabs a:has-text('Contours')").click();
        assertThat(page.locator("#reactions").inputValue()).contains("CALCITE");
        assertThat(desk.curves()).isBetween(2, 7);
        assertThat(page.locator(".heat td[class^=heat-]").count()).isGreaterThan(50);
        assertThat(desk.seenElsewhere("h1").getFirst()).isEqualTo(desk.numbers());
    }

    @Test
    void thePhaseDiagramNamesItsFields() {
        var page = desk.page();
        desk.visit("/calculators/supcrt?show=phases");
        desk.curves();
        assertThat(page.locator("figure.plot svg").first().textContent())
                .contains("KYANITE", "ANDALUSITE", "SILLIMANITE");
        var triple = page.evaluate(
                "() => { const p = JSON.parse(document.querySelector('figure.plot').dataset.plot).series[0].points"
                        + ".filter(q => q.y !== null); return Math.max(...p.map(q => q.x)); }");
        assertThat(((Number) triple).doubleValue())
                .as("kyanite, andalusite and sillimanite meet near 500 °C (Holland and Powell 2011)")
                .isEqualTo(520, within(40.0));
    }

    @Test
    void anEhPhAndAnActivityDiagramAreDrawnChangedAndSentToAColleague() {
        var page = desk.page();
        desk.visit("/calculators/supcrt");
        page.locator(".tabs a:text-is('Eh–pH')").click();
        desk.curves();
        assertThat(page.locator("figure.plot svg").first().textContent()).contains("GOETHITE", "Fe+2");
        // when
        page.locator("#element").selectOption("S");
        page.locator("#celsius").fill("100");
        page.locator("#compute").click();
        page.waitForURL("**element=S*");
        // then
        desk.curves();
        assertThat(page.locator("figure.plot figcaption").innerText()).contains("of S at 100 °C");
        assertThat(desk.seenElsewhere("figure.plot figcaption").getFirst()).isEqualTo(desk.numbers());
        assertThat(desk.downloaded(() -> desk.plotButton("SVG"))).contains("SO4-2", "cite: ");
        // and
        page.locator(".tabs a:text-is('Activities')").click();
        desk.curves();
        assertThat(page.locator("figure.plot figcaption").innerText()).contains("of Al at 25 °C");
    }

    @Test
    void originalFilesComeInAndTheirRunIsDeletedAgain() {
        var page = desk.page();
        desk.visit("/calculators/supcrt?from=25&to=225&step=50");
        var rxn = page.waitForDownload(() -> page.locator("a:text-is('.rxn')").click())
                .path();
        var con = page.waitForDownload(() -> page.locator("a:text-is('.con')").click())
                .path();
        page.locator(".tabs a:has-text('Original files')").click();
        page.locator("#rxn").setInputFiles(rxn);
        page.locator("#con").setInputFiles(con);
        page.locator("#compute").click();
        page.waitForURL(Pattern.compile(".*/files/[0-9a-f-]{36}"));
        assertThat(page.locator("pre").innerText()).contains("QUARTZ", "225.000");
        assertThat(desk.downloaded(() -> page.locator("a:text-is('supcrt.kxy')").click()))
                .contains("TEMP");
        assertThat(Axe.complaintsInBothThemes(page)).isEmpty();
        page.locator("#plot").click();
        assertThat(desk.curves()).isEqualTo(2);
        // when
        desk.visit("/calculators/supcrt/files");
        page.locator("button[aria-label='Delete supcrt']").click();
        page.waitForURL("**/calculators/supcrt/files");
        // then
        assertThat(page.locator("h2:text-is('Your runs')").count()).isZero();
    }

    @Test
    void aDatabaseIsBroughtComparedWithAnotherAndDeleted() throws Exception {
        var page = desk.page();
        var file = folder.resolve("mine.dat");
        Files.write(
                file,
                DirectAccessWriter.write(CuratedDatabase.instance().database().species().stream()
                        .filter(s -> s.kind() != Species.Kind.WATER && s.kind() != Species.Kind.ELECTRON)
                        .toList()));
        desk.visit("/calculators/supcrt/databases");
        page.locator("#name").fill("mine");
        page.locator("#file").setInputFiles(file);
        page.locator("button:text-is('Upload')").click();
        page.locator("td a:text-is('mine')").waitFor();
        assertThat(Axe.complaintsInBothThemes(page)).isEmpty();
        // when
        desk.visit("/calculators/supcrt?database2=mine");
        // then
        assertThat(desk.curves()).isEqualTo(4);
        assertThat(page.locator("h2:text-is('How far the databases are apart')").count())
                .isOne();
        // and
        desk.visit("/calculators/supcrt/databases");
        page.locator("button[aria-label='Delete mine']").click();
        page.waitForURL("**/calculators/supcrt/databases");
        assertThat(page.locator("td a").allInnerTexts()).isEqualTo(List.of("colonnade"));
    }

    @Test
    void aSpeciesIsFoundByItsElementsAndItsPageSaysWhereTheNumbersComeFrom() {
        var page = desk.page();
        desk.visit("/calculators/species");
        page.locator("#elements").fill("Ca Cl");
        page.locator("#look").click();
        page.waitForURL("**elements=Ca*");
        page.locator("td a:text-is('CaCl+')").click();
        assertThat(page.locator("main").innerText())
                .contains(
                        "75.528",
                        "do not give the Gibbs energy: the difference is 2.48 kJ/mol",
                        "Sverjensky, D. A., Shock, E. L., Helgeson, H. C. (1997)");
    }
}
