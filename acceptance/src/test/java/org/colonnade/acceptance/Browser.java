package org.colonnade.acceptance;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;

/** One headless Chromium for the test JVM. */
public final class Browser {

    private static final Playwright PLAYWRIGHT = Playwright.create();
    private static final com.microsoft.playwright.Browser CHROMIUM = PLAYWRIGHT
            .chromium()
            .launch(new LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium-headless-shell"))
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PLAYWRIGHT::close));
    }

    /** Said when an answer is a refusal, and when a request is given up for a newer one or because its page is left. */
    private static final List<String> ORDINARY =
            List.of("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest");

    private Browser() {}

    /** Contexts made from it share nothing: each is a person with a browser of his own. */
    public static com.microsoft.playwright.Browser chromium() {
        return CHROMIUM;
    }

    /** Adds to the list what goes wrong in the page from now on: errors of its scripts, and what the browser reports. */
    public static void watch(Page page, List<String> complaints) {
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && ORDINARY.stream().noneMatch(message.text()::startsWith)) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
    }
}
