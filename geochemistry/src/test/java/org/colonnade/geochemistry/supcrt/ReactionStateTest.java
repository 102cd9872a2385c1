package org.colonnade.geochemistry.supcrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.Unit;
import org.junit.jupiter.api.Test;

/** A row of a table carries what belongs to its values. */
class ReactionStateTest {

    private static final Database OURS = CuratedDatabase.instance().database();

    @Test
    void valuesHaveUnitsRangeModelAndPublications() throws Exception {
        var quartz = at("-1 QUARTZ; 1 SiO2,aq", 100, 500);
        assertThat(quartz.value().logK().value()).isCloseTo(-2.937735, within(2e-5));
        assertThat(quartz.value().logK().unit()).isEqualTo(Unit.ONE);
        assertThat(quartz.value().temperature().in(Unit.CELSIUS).value()).isCloseTo(100, within(1e-9));
        assertThat(quartz.value().pressure()).hasToString("500.0 bar");
        assertThat(quartz.value().density().in(Unit.KILOGRAM_PER_CUBIC_METRE).value())
                .isCloseTo(980.27, within(0.01));
        assertThat(quartz.value().gibbs().in(Unit.KILOJOULE_PER_MOLE).value()).isCloseTo(20.98674, within(1e-3));
        assertThat(quartz.value().volume().in(Unit.CUBIC_CENTIMETRE_PER_MOLE).value())
                .isCloseTo(10 * -1.0, within(2.0));
        assertThat(quartz.flags()).isEmpty();
        assertThat(quartz.model()).isEqualTo("SUPCRT, profile compatible");
        assertThat(quartz.validity()).hasToString("Temperature 0–1000 °C, Pressure 1–5000 bar");
        assertThat(quartz.references())
                .extracting("key")
                .containsExactly("Johnson1992", "Zimmer2016", "Haar1984", "HP11", "AS04");
    }

    @Test
    void whatARowIsWorthIsSaid() throws Exception {
        var none = at("-1 NaCl,aq; 1 Na+; 1 Cl-", 550, 500);
        assertThat(none.value().logK().isMissing()).isTrue();
        assertThat(none.flag(Flag.Kind.MISSING))
                .get()
                .extracting(Flag::sentence)
                .isEqualTo("Outside the range of the" + " equations for dissolved species");
        var partly = at("-1 NaCl,aq; 1 Na+; 1 Cl-", 450, 800);
        assertThat(partly.value().logK().isMissing()).isFalse();
        assertThat(partly.value().enthalpy().isMissing()).isTrue();
        assertThat(partly.has(Flag.Kind.MISSING)).isTrue();
        var hot = at("-1 N2O,g; 1 N2,g; 0.5 O2,g", 900, 1);
        assertThat(hot.has(Flag.Kind.EXTRAPOLATED)).isTrue();
        assertThat(hot.validity()).hasToString("Temperature 0–726.85 °C, Pressure 1–50000 bar");
        assertThat(hot.value().density().isMissing()).isTrue();
    }

    @Test
    void anImbalanceAndSourcesThatAreOnlyCodesAreNotes() throws Exception {
        var own = OURS.find("HALITE").orElseThrow();
        var label = new Label("HALITE", "NaCl", "hlt", "XY99", "", own.composition());
        var m = (Species.Mineral) own;
        var foreign = new Species.Mineral(
                label,
                m.gibbs(),
                m.enthalpy(),
                m.entropy(),
                m.volume(),
                m.heatCapacity(),
                m.compression(),
                m.transition(),
                m.highestTemperature());
        var reaction = Reaction.of("salt", java.util.List.of(new Reaction.Term(-1, foreign)));
        var row = new Evaluation(Conditions.dry(new double[] {25}, new double[] {1}), Profile.CONSISTENT)
                .table(reaction)
                .computed(0);
        assertThat(row.flags())
                .extracting(Flag::sentence)
                .containsExactly(
                        "The reaction is not balanced: products minus reactants: Cl -1, Na -1",
                        "The source of HALITE is what its database calls XY99");
        assertThat(row.references()).extracting("key").containsExactly("Johnson1992", "Zimmer2016");
        assertThat(row.model()).isEqualTo("SUPCRT, profile consistent");
    }

    private static Computed<ReactionState> at(String text, double celsius, double bar) throws ReactionException {
        var reaction = new ReactionParser(OURS).parse("reaction", text);
        var t = new double[] {celsius};
        var p = new double[] {bar};
        var conditions = reaction.needsWater() ? Conditions.atPressure(t, p) : Conditions.dry(t, p);
        return new Evaluation(conditions, Profile.COMPATIBLE).table(reaction).computed(0);
    }
}
