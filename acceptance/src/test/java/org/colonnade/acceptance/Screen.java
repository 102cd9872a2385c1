package org.colonnade.acceptance;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/** Where every page must read well. */
public enum Screen {
    DESK(1280, 900),
    PHONE(360, 740);

    private final int width;
    private final int height;

    Screen(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** A desk in daylight, a phone in the dark; nothing moves. */
    public NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(this == DESK ? ColorScheme.LIGHT : ColorScheme.DARK)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    /** What is wrong with the page that is shown: for assistive technology in the colours of this screen, in width, in its outline. */
    public List<String> complaints(Page page) {
        var complaints = new ArrayList<>(Axe.complaints(page));
        String where = page.url() + " on a " + this;
        if ((boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) {
            complaints.add(where + " is wider than the screen");
        }
        if (page.locator("main").count() != 1 || page.locator("h1").count() != 1) {
            complaints.add(where + " has not exactly one main and one h1");
        }
        return complaints;
    }
}
