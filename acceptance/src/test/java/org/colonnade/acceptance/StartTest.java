package org.colonnade.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void theBrowserReachesThePackagedGateway() {
        try (BrowserContext context = Browser.chromium().newContext()) {
            Page page = context.newPage();
            assertThat(page.navigate(Gateway.shared()
                                    .uri("/actuator/health/readiness")
                                    .toString())
                            .status())
                    .isEqualTo(200);
        }
    }
}
