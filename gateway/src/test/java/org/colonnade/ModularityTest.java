package org.colonnade;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Conditional;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

    private static final Path DIAGRAM = Path.of("..", "docs", "modules.md");

    private final ApplicationModules modules = ApplicationModules.of(
            Colonnade.class,
            // The science libraries are no rooms: they know nothing of the gateway.
            JavaClass.Predicates.resideInAnyPackage("org.colonnade.geochemistry..", "org.colonnade.roottree.."));

    @Test
    void noRoomReachesBehindAnother() {
        modules.verify();
    }

    /** Beans are found while building, where no operator's setting is known. */
    @Test
    void noBeanOfOursHangsOnASettingBeingThere() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.colonnade");
        noClasses().should().beMetaAnnotatedWith(Conditional.class).check(ours);
        noMethods().should().beMetaAnnotatedWith(Conditional.class).check(ours);
    }

    @Test
    void theModuleDiagramInTheDocsShowsTheHouseAsItIs() throws IOException {
        String actual = diagram();
        String documented = Files.exists(DIAGRAM) ? Files.readString(DIAGRAM) : "";
        Files.writeString(DIAGRAM, actual);
        assertThat(documented)
                .as("docs/modules.md was out of date and has been rewritten: commit it")
                .isEqualTo(actual);
    }

    private String diagram() {
        var rooms = modules.stream()
                .sorted(Comparator.comparing(ApplicationModule::getDisplayName))
                .toList();
        String edges = rooms.stream()
                .map(room -> room.getDirectDependencies(modules)
                        .uniqueModules()
                        .map(used -> "  %s --> %s%n".formatted(name(room), name(used)))
                        .sorted()
                        .collect(Collectors.joining()))
                .collect(Collectors.joining());
        return """
                # Rooms and what they use

                Written by `ModularityTest` from the code. An arrow means "uses the public types of".

                ```mermaid
                flowchart TD
                %s```
                """.formatted(edges);
    }

    private static String name(ApplicationModule room) {
        return room.getIdentifier().toString();
    }
}
