package org.colonnade.geochemistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void convertsWithinADimension() {
        assertThat(new Quantity(25, Unit.CELSIUS).in(Unit.KELVIN).value()).isEqualTo(298.15);
        assertThat(new Quantity(298.15, Unit.KELVIN).in(Unit.CELSIUS).value()).isEqualTo(25, within(1e-12));
        assertThat(new Quantity(12, Unit.MEGAPASCAL).in(Unit.BAR).value()).isEqualTo(120);
        assertThat(new Quantity(22.688, Unit.CUBIC_CENTIMETRE_PER_MOLE)
                        .in(Unit.JOULE_PER_MOLE_BAR)
                        .value())
                .isEqualTo(2.2688, within(1e-15));
    }

    @Test
    void refusesToConvertBetweenDimensions() {
        assertThatThrownBy(() -> new Quantity(1, Unit.BAR).in(Unit.KELVIN)).hasMessage("bar does not convert to K");
    }

    @Test
    void saysWhichInputIsOutsideWhichRange() {
        var validity = Validity.of(
                new Validity.Range("temperature", Unit.KELVIN, 273, 533),
                new Validity.Range("pressure", Unit.BAR, 0, 2000));
        assertThat(validity.check(533, 0)).isEmpty();
        assertThat(validity.check(533.5, Double.NaN))
                .extracting(Flag::sentence)
                .containsExactly("temperature 533.5 is outside 273–533 K", "pressure NaN is outside 0–2000 bar");
    }
}
