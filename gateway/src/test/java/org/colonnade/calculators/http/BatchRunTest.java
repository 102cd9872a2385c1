package org.colonnade.calculators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.colonnade.calculators.co2.Co2Calculator;
import org.colonnade.calculators.description.Calculator;
import org.colonnade.calculators.h2s.H2sCalculator;
import org.colonnade.calculators.rates.RatesCalculator;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a CSV of good and bad rows becomes. */
class BatchRunTest {

    private final Calculator co2 = new Co2Calculator();

    private static List<String> run(Calculator calculator, String csv) throws IOException {
        var out = new StringWriter();
        new BatchRun(calculator.batch(), new CsvReader(new StringReader(csv)), out).run();
        return out.toString().lines().toList();
    }

    @Test
    void repeatsTheInputAndAddsWhatIsComputed() throws IOException {
        var lines = run(co2, "T_K,P_bar,mNaCl\n298.15,100,0\n");
        assertThat(lines)
                .hasSize(2)
                .first()
                .isEqualTo("T_K,P_bar,mNaCl,mCO2,P_H2O_bar,y_CO2,phi_CO2,mu_over_RT,lambda_CO2_Na,zeta_CO2_Na_Cl,"
                        + "phi_region,status,message");
        assertThat(lines.get(1)).startsWith("298.15,100,0,1.42131").endsWith(",2,ok,");
    }

    @Test
    void keepsFurtherColumnsWhereTheyAre() throws IOException {
        var lines = run(co2, "sample,mNaCl,P_bar,T_K\n\"well 7, deep\",0,100,298.15\n");
        assertThat(lines.get(1))
                .startsWith("\"well 7, deep\",0,100,298.15,1.42131")
                .endsWith(",ok,");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "100,100,0 | Temperature is out of bounds",
                "NaN,100,0 | T_K must be a finite number, not NaN",
                "300,inf,0 | P_bar must be a finite number, not inf",
                "\"298,15\",100,0 | T_K has a decimal comma: write 298.15 instead of 298,15",
                "298,15,100,0 | The row has 4 cells where the header has 3; a decimal comma would do that, or a"
                        + " comma outside of quotation marks",
                "300,100 | The row has 2 cells where the header has 3",
                "300,,0 | P_bar is missing",
                "300,abc,0 | P_bar is not a number: 'abc'",
                "300,0x10,0 | P_bar is not a number",
                "300,1e999,0 | P_bar is too large a number",
                "300,100,-1 | mNaCl is out of bounds"
            })
    void aBadRowSaysWhyAndFailsNoOther(String row, String message) throws IOException {
        // when
        var lines = run(co2, "T_K,P_bar,mNaCl\n300,100,1\n" + row + "\n300,100,1\n");
        // then
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo(lines.get(3)).endsWith(",ok,");
        assertThat(lines.get(2)).contains(",,,,,,,,error,").contains(message);
    }

    @Test
    void aFieldOfTenMegabytesIsCutAndItsRowRefused() throws IOException {
        var lines = run(co2, "T_K,P_bar,mNaCl\n" + "9".repeat(10_000_000) + ",100,0\n300,100,0\n");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).hasSizeLessThan(200).contains("error,Cell 1 has more than 1000 characters");
        assertThat(lines.get(2)).endsWith(",ok,");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() throws IOException {
        var lines = run(co2, "\uFEFFT_K,P_bar,mNaCl\r\n298.15,100,0\r\n\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).endsWith(",ok,");
    }

    @Test
    void anOpenQuotationMarkIsReported() throws IOException {
        assertThat(String.join("\n", run(co2, "T_K,P_bar,mNaCl\n300,100,\"1\n")))
                .contains("error,The row ends within quotation marks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "298.15,100,0 | The first line has numbers; it must be the header T_K,P_bar,mNaCl",
                "T_K,P_bar | The column mNaCl is missing; the header must have T_K,P_bar,mNaCl",
                "T_K;P_bar;mNaCl | The columns are separated by semicolons",
                "T_K,T_K,P_bar,mNaCl | The column T_K is there twice"
            })
    void aFileWithoutAUsableHeaderIsRefusedWhole(String header, String message) {
        assertThatThrownBy(() -> run(co2, header + "\n300,100,0\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.MALFORMED))
                .hasMessageContaining(message);
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> run(co2, "")).hasMessageContaining("The file is empty");
    }

    @Test
    void aRowBelowTheVapourPressureIsZeroAndSaysSo() throws IOException {
        assertThat(run(co2, "T_K,P_bar,mNaCl\n373.15,0.5,0\n").get(1))
                .startsWith("373.15,0.5,0,0.0,1.0195673")
                .endsWith("ok,BELOW_VAPOUR_PRESSURE: the vapour pressure of water is 1.0196 bar");
    }

    @Test
    void theOtherSetOfConstantsCanBeChosenPerRow() throws IOException {
        var lines = run(co2, "T_K,P_bar,mNaCl,model\n280,100,0,gateway\n280,100,0,published\n280,100,0,mine\n");
        assertThat(lines.get(1).split(",", -1)[4]).isNotEqualTo(lines.get(2).split(",", -1)[4]);
        assertThat(lines.get(3)).contains("error,").contains("model is none of the choices");
    }

    @Test
    void missingTableValuesAreEmptyCellsAndClampingIsReported() throws IOException {
        var lines = run(
                new H2sCalculator(),
                "system,temp_K,mNaCl,P_bar\n0,310,0,110\n0,298.15,0,0\n0,280,7,100\n0.5,300,0,1\n");
        assertThat(lines.get(1)).startsWith("0,310,0,110,310.0,0.0,0.0242164").endsWith(",ok,");
        assertThat(lines.get(2)).contains(",298.15,0.0,,,,ok,").contains("MISSING");
        assertThat(lines.get(3)).contains(",298.15,6.0,").contains("CLAMPED");
        assertThat(lines.get(4)).contains("error,").contains("not a whole number");
    }

    @Test
    void ratesArePrintedAsTheOnlineCalculatorDoes() throws IOException {
        var lines = run(
                new RatesCalculator(),
                "mode,species,temp_C,pH,pFe3,pO2,pCO2\ngateway,Forsterite,25,3,,,\nstrict,Pyrite,25,2,,,\nstrict,Nosuchite,25,2,,,\n");
        assertThat(lines.get(1))
                .contains("5.4778e-09,7.5349e-16,2.2787e-11,0.0000e+00,5.5006e-09,-8.2596,5.50059907779");
        assertThat(lines.get(2)).contains("0.0000e+00,N/A,0.0,ok,").contains("INPUT_NOT_GIVEN");
        assertThat(lines.get(3)).contains("error,Species 'Nosuchite' not found");
    }
}
