package org.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    private static final List<Field> FIELDS = List.of(
            Field.number("temperature", "Temperature", "K").between(273, 533).initially("323.15"),
            Field.integer("steps", "Steps", "").between(1, 100).optional(),
            Field.choice("model", "Model", List.of(new Field.Option("pitzer", "Pitzer"))),
            Field.check("log", "Logarithmic").initially("true"),
            Field.text("title", "Title").maxLength(5).optional());

    @Test
    void aPageOpenedWithoutInputHasInitialValuesAndNoErrors() {
        Form form = Form.of(FIELDS, Map.of());
        assertThat(form.isSent()).isFalse();
        assertThat(form.isValid()).isTrue();
        assertThat(form.number("temperature")).isEqualTo(323.15);
        assertThat(form.integer("steps")).isNull();
        assertThat(form.isChecked("log")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 0.001", "' 12 ', 12", "−5, -5", "+.5, 0.5", "3., 3", "1E2, 100"})
    void numbersAreReadAsScientistsTypeThem(String typed, double number) {
        Form form = Form.of(List.of(Field.number("x", "X", "")), Map.of("x", new String[] {typed}));
        assertThat(form.number("x")).isEqualTo(number);
    }

    @Test
    void aDecimalCommaIsRefusedWithTheReason() {
        assertThat(temperature("300,5").error("temperature")).contains("comma", "0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "0x1p3", "1d", "ten", "1e", "--1", "1e999", "1e99999"})
    void whatIsNoNumberIsSaidToBeNone(String typed) {
        Form form = temperature(typed);
        assertThat(form.error("temperature")).isNotNull();
        assertThat(form.number("temperature")).isNull();
        assertThat(form.value("temperature")).as("kept as typed").isEqualTo(typed);
    }

    @Test
    void aNumberOutsideItsRangeIsToldTheRange() {
        assertThat(temperature("600").error("temperature")).isEqualTo("is outside the range 273 to 533 K");
    }

    @Test
    void errorsComeInTheOrderOfTheFields() {
        Form form = Form.of(
                FIELDS,
                Map.of("title", new String[] {"too long"}, "steps", new String[] {"1.5"}, "model", new String[] {"x"}));
        assertThat(form.getErrors().stream().map(error -> error.field().name()))
                .containsExactly("steps", "model", "title");
    }

    @Test
    void aBoxThatIsNotTickedIsNotSentAndIsFalse() {
        assertThat(temperature("300").isChecked("log")).isFalse();
    }

    @Test
    void aMissingRequiredValueIsNamed() {
        assertThat(temperature(" ").error("temperature")).isEqualTo("is missing");
    }

    private static Form temperature(String typed) {
        return Form.of(FIELDS, Map.of("temperature", new String[] {typed}));
    }
}
