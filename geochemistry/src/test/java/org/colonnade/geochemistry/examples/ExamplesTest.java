package org.colonnade.geochemistry.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void theCo2ExamplePrintsBothModels() {
        assertThat(printed(() -> Co2Example.main(new String[0])))
                .contains(
                        "constants of the online calculator: 0.9376", "published constants: 0.9", "@article{Duan2006");
    }

    @Test
    void theH2sExamplePrintsTableAndModel() {
        assertThat(printed(() -> H2sExample.main(new String[0])))
                .hasLineCount(4)
                .contains("200 bar: x = 0.0");
    }

    @Test
    void theRatesExamplePrintsEveryMechanism() {
        assertThat(printed(() -> RatesExample.main(new String[0])))
                .contains("total   7.33979845111", "Marty, N. C. M.");
    }

    @Test
    void theSpeciesExampleFindsCalciteAndQuartz() {
        assertThat(printed(() -> SpeciesExample.main(new String[0]))).contains("Calcite CaCO3", "Quartz");
    }

    @Test
    void theSupcrtExamplePrintsATableAndTheErrorOfItsFit() {
        assertThat(printed(() ->
                        assertThatCode(() -> SupcrtExample.main(new String[0])).doesNotThrowAnyException()))
                .hasLineCount(15)
                .contains("25 °C: log K = -3.750", "300 °C: log K = -1.983", "largest error of the fit:")
                .contains(" kJ/mol, SUPCRT, profile compatible", "Apps, J., Spycher, N. (2004)");
    }

    @Test
    void theDiagramExamplePrintsACurveAndTheFieldsOfIron() {
        assertThat(printed(() ->
                        assertThatCode(() -> DiagramExample.main(new String[0])).doesNotThrowAnyException()))
                .contains("°C, 10000 bar", "HEMATITE: ")
                .endsWith("Fe+2" + System.lineSeparator());
    }

    private static String printed(Runnable example) {
        var bytes = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
