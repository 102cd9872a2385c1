package org.colonnade.geochemistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private final Reference article = new Reference(
            "Ji2012",
            List.of("Ji, X.", "Zhu, C."),
            2012,
            "A SAFT equation of state for the quaternary H2S-CO2-H2O-NaCl system",
            "Geochimica et Cosmochimica Acta",
            "91",
            "40-59",
            "10.1016/j.gca.2012.05.023");

    private final Reference report = new Reference(
            "Palandri2004",
            List.of("Palandri, J. L.", "Kharaka, Y. K."),
            2004,
            "A compilation of rate parameters",
            "U.S. Geological Survey Open File Report 2004-1068",
            null,
            null,
            null);

    @Test
    void rendersAnArticleAsText() {
        assertThat(article.text())
                .isEqualTo("Ji, X., Zhu, C. (2012) A SAFT equation of state for the quaternary H2S-CO2-H2O-NaCl system."
                        + " Geochimica et Cosmochimica Acta 91:40-59. doi:10.1016/j.gca.2012.05.023");
        assertThat(article.shortText()).isEqualTo("Ji and Zhu (2012)");
    }

    @Test
    void rendersAnArticleAsBibtex() {
        assertThat(article.bibtex()).isEqualTo("""
                @article{Ji2012,
                  author    = {Ji, X. and Zhu, C.},
                  title     = {{A SAFT equation of state for the quaternary H2S-CO2-H2O-NaCl system}},
                  journal   = {Geochimica et Cosmochimica Acta},
                  volume    = {91},
                  pages     = {40--59},
                  year      = {2012},
                  doi       = {10.1016/j.gca.2012.05.023}
                }
                """);
    }

    @Test
    void rendersAnArticleAsRis() {
        assertThat(article.ris().split("\r\n"))
                .startsWith("TY  - JOUR", "AU  - Ji, X.", "AU  - Zhu, C.")
                .contains("SP  - 40", "EP  - 59", "PY  - 2012", "DO  - 10.1016/j.gca.2012.05.023")
                .endsWith("ER  - ");
    }

    @Test
    void aWorkWithoutAVolumeIsAReport() {
        assertThat(report.bibtex()).startsWith("@techreport{Palandri2004,").contains("institution");
        assertThat(report.ris()).startsWith("TY  - RPRT").doesNotContain("DO  -");
        assertThat(report.text()).endsWith("U.S. Geological Survey Open File Report 2004-1068.");
    }
}
