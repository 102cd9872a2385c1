package org.colonnade.geochemistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import org.junit.jupiter.api.Test;

/** The library can be used alone, as a Java module. */
class ModuleTest {

    @Test
    void exportsEveryCalculator() {
        var module = Computed.class.getModule();
        assertThat(module.isNamed()).isTrue();
        assertThat(module.getDescriptor().exports())
                .extracting(ModuleDescriptor.Exports::source)
                .contains(
                        "org.colonnade.geochemistry",
                        "org.colonnade.geochemistry.co2",
                        "org.colonnade.geochemistry.h2s",
                        "org.colonnade.geochemistry.rates",
                        "org.colonnade.geochemistry.species",
                        "org.colonnade.geochemistry.supcrt",
                        "org.colonnade.geochemistry.supcrt.diagram");
    }
}
