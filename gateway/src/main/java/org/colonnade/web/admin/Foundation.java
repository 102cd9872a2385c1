package org.colonnade.web.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.colonnade.web.Numbers;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;

/**
 * Something that the gateway stands on, in an operator's words.
 *
 * @param name e.g. {@code Disk}
 * @param state e.g. {@code 82.1 GB free of 271 GB}
 */
record Foundation(String name, boolean good, String state) {

    private static final Map<String, String> NAMES =
            Map.of("db", "Database", "diskSpace", "Disk", "mail", "Mail server", "ssl", "Certificates");

    /** What says no more than that this page came. */
    private static final Set<String> SELF_EVIDENT = Set.of("ping", "livenessState", "readinessState");

    static List<Foundation> of(HealthDescriptor health) {
        if (!(health instanceof CompositeHealthDescriptor all) || all.getComponents() == null) {
            return List.of();
        }
        return all.getComponents().entrySet().stream()
                .filter(part -> !SELF_EVIDENT.contains(part.getKey()))
                .map(part -> of(part.getKey(), part.getValue()))
                .sorted(Comparator.comparing(Foundation::name))
                .toList();
    }

    private static Foundation of(String key, HealthDescriptor part) {
        Map<String, Object> details = part instanceof IndicatedHealthDescriptor indicated
                ? Objects.requireNonNullElse(indicated.getDetails(), Map.of())
                : Map.of();
        boolean good = part.getStatus().getCode().equals("UP");
        String state = !good
                ? "not well"
                : switch (key) {
                    case "db" -> details.getOrDefault("database", "well").toString();
                    case "diskSpace" -> bytes(details, "free") + " free of " + bytes(details, "total");
                    default -> "well";
                };
        return new Foundation(NAMES.getOrDefault(key, key), good, state);
    }

    private static String bytes(Map<String, Object> details, String name) {
        return details.get(name) instanceof Long size ? Numbers.bytes(size) : "?";
    }
}
