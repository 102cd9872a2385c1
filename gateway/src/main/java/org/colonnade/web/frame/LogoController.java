package org.colonnade.web.frame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.colonnade.web.ProblemException;
import org.colonnade.web.WebProperties;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The operator's logo. */
@Controller
class LogoController {

    private static final Map<String, String> TYPES = Map.of(
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp");

    private final WebProperties properties;

    LogoController(WebProperties properties) {
        this.properties = properties;
    }

    @GetMapping("/logo")
    ResponseEntity<Resource> logo() {
        Path file = properties.logo();
        if (file == null || !Files.isRegularFile(file)) {
            throw ProblemException.notFound("No logo is configured");
        }
        String name = file.getFileName().toString();
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null) {
            throw ProblemException.notFound("The configured logo is not an SVG, PNG, JPEG or WebP file");
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .header("Content-Type", type)
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .body(new FileSystemResource(file));
    }
}
