package org.colonnade.acceptance;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/** What assistive technology would stumble over: one sentence for each element that breaks a rule. */
public final class Axe {

    private Axe() {}

    /** In the colours that the page shows. */
    public static List<String> complaints(Page page) {
        return ask(new AxeBuilder(page), page.url());
    }

    /** Only what depends on the colours that the page shows. */
    public static List<String> complaintsAboutColours(Page page) {
        return ask(new AxeBuilder(page).withRules(List.of("color-contrast")), page.url() + ", colours");
    }

    /** Every rule in light colours, and once more in dark ones what depends on colours. */
    public static List<String> complaintsInBothThemes(Page page) {
        var all = new ArrayList<>(complaints(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        all.addAll(complaintsAboutColours(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return all;
    }

    /** Without frames there is no need for axe's page of its own, which costs as much as the rules. */
    private static List<String> ask(AxeBuilder axe, String where) {
        return axe.setLegacyMode(true).analyze().getViolations().stream()
                .flatMap(violation -> violation.getNodes().stream()
                        .map(node -> where + ": " + violation.getId() + " at " + node.getTarget() + " "
                                + node.getFailureSummary()))
                .toList();
    }
}
