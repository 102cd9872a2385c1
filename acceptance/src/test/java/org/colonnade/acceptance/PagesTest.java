package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every page, in a real browser. */
class PagesTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/jobs",
            "/jobs?state=failed",
            "/search",
            "/search?q=calc",
            "/calculators",
            "/calculators/phreeqc",
            "/api",
            "/problems",
            "/problems/not-found",
            "/no-such-page",
            "/sign-in",
            "/register");

    @ParameterizedTest
    @EnumSource
    void everyPageIsAccessibleFitsItsScreenAndKeepsToItsPolicy(Screen screen) {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = Browser.chromium().newContext(screen.options())) {
            for (String path : PATHS) {
                try (Page page = context.newPage()) {
                    watch(page, path, complaints);
                    page.navigate(Gateway.shared().uri(path).toString());
                    complaints.addAll(screen.complaints(page));
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    private static void watch(Page page, String path, List<String> complaints) {
        Browser.watch(page, complaints);
        page.onResponse(response -> {
            if (response.status() >= 400
                    && !response.url().equals(page.url())
                    && !response.url().endsWith(path)) {
                complaints.add(path + " loads " + response.url() + ": " + response.status());
            }
        });
    }

    @Test
    void theKeyboardReachesTheContentTheSearchTheShortcutsAndTheTheme() {
        try (BrowserContext context = Browser.chromium().newContext()) {
            Page page = context.newPage();
            page.navigate(Gateway.shared().uri("/").toString());
            page.keyboard().press("Tab");
            assertThat(focused(page, "textContent")).isEqualTo("Skip to the content");
            page.keyboard().press("Enter");
            assertThat(focused(page, "id")).isEqualTo("main");

            page.keyboard().press("?");
            page.locator("dialog[open] dd", new Page.LocatorOptions().setHasText("My work"))
                    .waitFor();
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog[open]").count()).isZero();

            String before = page.locator("html").getAttribute("data-bs-theme");
            page.keyboard().press("t");
            page.keyboard().press("t");
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isNotEqualTo(before);

            page.keyboard().press("/");
            assertThat(focused(page, "id")).isEqualTo("search");
            page.keyboard().type("g?t/ w");
            assertThat(page.locator("dialog[open]").count())
                    .as("keys that are typed are no shortcuts")
                    .isZero();
            page.keyboard().press("Enter");
            page.waitForURL("**/search?q=*");
            assertThat(page.locator("h1").textContent()).isEqualTo("Search");

            page.locator("h1").click();
            page.keyboard().press("g");
            page.keyboard().press("w");
            page.waitForURL("**/jobs");
        }
    }

    private static String focused(Page page, String property) {
        return (String) page.evaluate("name => document.activeElement[name]", property);
    }

    @Test
    void pagesWorkWithoutScripts() {
        try (BrowserContext context =
                Browser.chromium().newContext(new NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(Gateway.shared().uri("/").toString());
            assertThat(page.locator("#theme").isVisible()).isFalse();
            page.locator("#search").fill("work");
            page.locator("#search").press("Enter");
            page.waitForURL("**/search?q=work");
            page.locator("a.tool[href='/jobs']").click();
            page.locator("select[name=state]").selectOption("failed");
            page.locator("button:has-text('Show')").click();
            page.waitForURL("**/jobs?state=failed*");
            assertThat(page.locator("main").textContent()).contains("Nothing matches");
        }
    }

    @Test
    void theThemeIsRememberedAndThereBeforeTheFirstPaint() {
        try (BrowserContext context =
                Browser.chromium().newContext(new NewContextOptions().setColorScheme(ColorScheme.DARK))) {
            Page page = context.newPage();
            page.navigate(Gateway.shared().uri("/").toString());
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
            page.locator("#theme").click();
            page.reload();
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("light");
            assertThat(page.locator("#theme").textContent()).contains("Theme: light");
        }
    }
}
