package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.colonnade.acceptance.Browser;
import org.colonnade.acceptance.Gateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A person with a browser of their own for one test; what the browser complains of fails the test. */
final class Desk implements BeforeEachCallback, AfterEachCallback {

    private final List<String> complaints = new ArrayList<>();
    private @Nullable BrowserContext context;
    private @Nullable Page page;

    @Override
    public void beforeEach(ExtensionContext test) {
        context = Browser.chromium()
                .newContext(new NewContextOptions().setViewportSize(1280, 900).setReducedMotion(ReducedMotion.REDUCE));
        Page opened = context.newPage();
        Browser.watch(opened, complaints);
        page = opened;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Objects.requireNonNull(context).close();
        assertThat(complaints).isEmpty();
        complaints.clear();
    }

    Page page() {
        return Objects.requireNonNull(page);
    }

    void visit(String path) {
        page().navigate(Gateway.shared().uri(path).toString());
    }

    /** How many curves the first plot has drawn. */
    int curves() {
        page().locator("figure.plot .plot-canvas svg").first().waitFor();
        return ((Number) page().evaluate(
                                "() => JSON.parse(document.querySelector('figure.plot').dataset.plot).series.length"))
                .intValue();
    }

    /** The numbers of the first plot, all digits. */
    String numbers() {
        return numbers(page());
    }

    private static String numbers(Page page) {
        return (String) page.evaluate(
                "() => JSON.stringify(JSON.parse(document.querySelector('figure.plot').dataset.plot).series)");
    }

    /** The numbers of the plot, and the text of an element, as somebody else sees them who was sent this address. */
    List<String> seenElsewhere(String selector) {
        try (var fresh = Browser.chromium().newContext()) {
            var elsewhere = fresh.newPage();
            elsewhere.navigate(page().url());
            return List.of(numbers(elsewhere), elsewhere.locator(selector).innerText());
        }
    }

    /** Presses a button of the first plot. */
    void plotButton(String name) {
        page().locator("figure.plot .plot-bar button:text-is('" + name + "')")
                .first()
                .click();
    }

    /** The text of the file that a click brings. */
    String downloaded(Runnable click) {
        return text(page().waitForDownload(click));
    }

    static String text(Download download) {
        try {
            return Files.readString(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
