package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.colonnade.acceptance.Axe;
import org.colonnade.acceptance.Browser;
import org.colonnade.acceptance.Gateway;
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

    enum Screen {
        DESK(1280, 900),
        PHONE(360, 740);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private final List<String> complaints = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Screen.class)
    void everyPageIsAccessibleInBothThemesAndFitsItsScreen(Screen screen) {
        var options = new NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE);
        try (BrowserContext context = Browser.chromium().newContext(options)) {
            Page page = context.newPage();
            for (String path : PAGES) {
                page.navigate(Gateway.shared().uri(path).toString());
                inspect(page, path, screen);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private void inspect(Page page, String path, Screen screen) {
        if (page.locator("figure.plot").count() > 0) {
            page.locator("figure.plot .plot-canvas svg").first().waitFor();
        }
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })");
        if ((boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) {
            complaints.add(path + " is wider than the screen");
        }
        if (page.locator("main").count() != 1 || page.locator("h1").count() != 1) {
            complaints.add(path + " has not exactly one main and one h1");
        }
        complaints.addAll(
                screen == Screen.DESK ? Axe.complaintsInBothThemes(page) : Axe.complaintsApartFromColours(page));
    }
}
