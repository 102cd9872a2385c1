package org.colonnade.geochemistry.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Validity;

/**
 * A mineral with its rate law and where each part of it comes from.
 *
 * @param group which form the law has
 * @param reference the publication of the parameters
 * @param temperatureRange of the experiments, °C
 * @param pHRange of the experiments
 * @param verification how far the parameters were checked
 * @param difference what another source says, empty when nothing differs
 * @param note anything else, empty when there is nothing
 */
public record Mineral(
        String name,
        RateDataset dataset,
        Group group,
        Reference reference,
        Term acid,
        Term neutral,
        Term base,
        Term fourth,
        Optional<Validity.Range> temperatureRange,
        Optional<Validity.Range> pHRange,
        Verification verification,
        String difference,
        String note) {

    /** The form of the law. */
    public enum Group {
        STANDARD,
        /** The fourth mechanism is proportional to a power of pCO2 or a(HCO3-). */
        CARBONATE,
        /** The acid mechanism needs Fe3+, the fourth one O2. */
        OXIDATION
    }

    /** How far the parameters were checked against a second source. */
    public enum Verification {
        CROSS_CHECKED,
        DIFFERS,
        SINGLE_SOURCE
    }

    /**
     * One number of the law with its source, for tables.
     *
     * @param mechanism acid, neutral, base or fourth
     * @param symbol A, k25, Ea or n
     */
    public record Parameter(
            String mechanism, String symbol, double value, String unit, String source, Verification verification) {}

    /** All numbers of the law, mechanism by mechanism. */
    public List<Parameter> parameters() {
        var all = new ArrayList<Parameter>();
        add(all, "acid", acid);
        add(all, "neutral", neutral);
        add(all, "base", base);
        add(all, "fourth", fourth);
        return List.copyOf(all);
    }

    private void add(List<Parameter> all, String mechanism, Term term) {
        if (!term.isPresent()) {
            return;
        }
        String factor = Double.isInfinite(term.referenceTemperature()) ? "A" : "k25";
        all.add(parameter(mechanism, factor, term.factor(), "mol/(m²·s)"));
        all.add(parameter(mechanism, "Ea", term.activationEnergy(), "J/mol"));
        if (term.catalyst() != Catalyst.NONE) {
            all.add(parameter(mechanism, "n(" + term.catalyst().symbol() + ")", term.order(), "1"));
        }
        if (term.secondOrder() != 0) {
            all.add(parameter(mechanism, "n(Fe+3)", term.secondOrder(), "1"));
        }
    }

    private Parameter parameter(String mechanism, String symbol, double value, String unit) {
        return new Parameter(mechanism, symbol, value, unit, reference.shortText(), verification);
    }
}
