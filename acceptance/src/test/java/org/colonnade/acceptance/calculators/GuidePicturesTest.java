package org.colonnade.acceptance.calculators;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The user guide's pictures, taken anew with {@code -Dscreenshots=FOLDER}. */
class GuidePicturesTest {

    private static final Map<String, String> PICTURES = Map.of(
            "co2", "/calculators/co2",
            "h2s", "/calculators/h2s",
            "rates", "/calculators/rates",
            "supcrt", "/calculators/supcrt",
            "contours", "/calculators/supcrt?show=contour",
            "phases", "/calculators/supcrt?show=phases",
            "eh-ph", "/calculators/supcrt/diagrams",
            "species", "/calculators/species/about?name=QUARTZ");

    @RegisterExtension
    private final Desk desk = new Desk();

    @Test
    void theyCanBeTaken() throws IOException {
        String folder = System.getProperty("screenshots");
        var target = folder == null ? Files.createTempDirectory("pictures") : Path.of(folder);
        // High enough for the plot below the form.
        desk.page().setViewportSize(1280, 1400);
        for (var picture : PICTURES.entrySet()) {
            desk.visit(picture.getValue());
            if (desk.page().locator("figure.plot").count() > 0) {
                desk.curves();
            }
            var file = target.resolve(picture.getKey() + ".png");
            desk.page().screenshot(new Page.ScreenshotOptions().setPath(file));
            assertThat(file).isNotEmptyFile();
        }
    }
}
