package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.colonnade.acceptance.Browser;
import org.colonnade.acceptance.Gateway;
import org.colonnade.acceptance.Screen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the calculators on a desk and on a phone: accessible in both themes, and not wider than its screen. */
class LooksTest {

    private static final List<String> PAGES = List.of(
            "/calculators",
            "/calculators/saved",
            "/calculators/co2",
            "/calculators/co2?vary=P_bar&values=50:500:50&vary2=T_K&values2=280:500:20",
            "/calculators/co2?T_K=1",
            "/calculators/h2s",
            "/calculators/rates",
            "/calculators/supcrt",
            "/calculators/supcrt?show=pressure",
            "/calculators/supcrt?show=contour",
            "/calculators/supcrt?show=phases",
            "/calculators/supcrt?reactions=-1+QUARZ",
            "/calculators/supcrt/diagrams",
            "/calculators/supcrt/diagrams?kind=activities",
            "/calculators/supcrt/files",
            "/calculators/supcrt/databases",
            "/calculators/species",
            "/calculators/species/about?name=AlF%2B2",
            "/calculators/phreeqc");

    @ParameterizedTest
    @EnumSource(Screen.class)
    void everyPageIsAccessibleInBothThemesAndFitsItsScreen(Screen screen) {
        var complaints = new ArrayList<String>();
        try (BrowserContext context = Browser.chromium().newContext(screen.options())) {
            Page page = context.newPage();
            for (String path : PAGES) {
                page.navigate(Gateway.shared().uri(path).toString());
                show(page);
                complaints.addAll(screen.complaints(page));
            }
        }
        assertThat(complaints).isEmpty();
    }

    /** Everything that there is to see on it. */
    private static void show(Page page) {
        if (page.locator("figure.plot").count() > 0) {
            page.locator("figure.plot .plot-canvas svg").first().waitFor();
        }
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })");
    }
}
