package org.colonnade.acceptance;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/** What assistive technology would stumble over: one sentence for each element that breaks a rule. */
public final class Axe {

    private static final String COLOURS = "color-contrast";

    private Axe() {}

    /** In the colours that the page shows. */
    public static List<String> complaints(Page page) {
        return ask(axe(page), page.url());
    }

    /** Only what depends on the colours that the page shows. */
    public static List<String> complaintsAboutColours(Page page) {
        return ask(axe(page).withRules(List.of(COLOURS)), page.url() + ", colours");
    }

    /** Every rule in light colours, and once more in dark ones what depends on colours. */
    public static List<String> complaintsInBothThemes(Page page) {
        var all = new ArrayList<>(complaints(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        all.addAll(complaintsAboutColours(page));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return all;
    }

    /**
     * Without frames there is no need for axe's page of its own, and nobody reads what is in order: each would cost as much
     * as the rules.
     */
    private static AxeBuilder axe(Page page) {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static List<String> ask(AxeBuilder axe, String where) {
        return axe.analyze().getViolations().stream()
                .flatMap(violation -> violation.getNodes().stream()
                        .map(node -> where + ": " + violation.getId() + " at " + node.getTarget() + " "
                                + node.getFailureSummary()))
                .toList();
    }
}
