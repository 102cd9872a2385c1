package org.colonnade.certification.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The lists of a configuration, named as in its file. */
public enum Part {
    WORKSPACES("workspaces"),
    CLASSES("classes"),
    SIGNIFICANCE("significance"),
    COMPONENTS("components"),
    APPEARANCE("appearance"),
    ACCEPTED_DATASETS("acceptedDatasets"),
    GOLDEN_RULES("goldenRules"),
    RIGHTS("rights");

    private final String key;

    Part(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** What one must have the right to do to change the list. Rights are nobody's who edits rules. */
    public String action() {
        return this == RIGHTS ? "rights.edit" : "configuration." + key;
    }

    public static Optional<Part> of(String key) {
        return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
    }

    /** In which of them two configurations differ. */
    public static List<Part> changed(Configuration before, Configuration after) {
        return Arrays.stream(values())
                .filter(p -> !ConfigurationItems.list(before, p).equals(ConfigurationItems.list(after, p)))
                .toList();
    }
}
