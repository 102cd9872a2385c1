package org.colonnade.geochemistry.rates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.colonnade.geochemistry.Computed;
import org.colonnade.geochemistry.Flag;
import org.colonnade.geochemistry.Quantity;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.Validity;

/**
 * Dissolution rates of minerals far from equilibrium, i.e. without an affinity term: Palandri and Kharaka (2004), USGS
 * Open File Report 2004-1068, Eq. 4, as a sum of up to four mechanisms
 *
 * <p>{@code k_acid a(H+)^n + k_neutral + k_base a^n + k_fourth a^n}.
 *
 * <p>One object per set of parameters, immutable and thread-safe.
 */
public final class MineralRates {

    /** Position of the acid mechanism, mol/(m²·s), in the array that {@link #compute} fills. */
    public static final int ACID = 0;

    /** Position of the neutral mechanism, mol/(m²·s). */
    public static final int NEUTRAL = 1;

    /** Position of the base mechanism, mol/(m²·s). */
    public static final int BASE = 2;

    /** Position of the carbonate or oxygen mechanism, mol/(m²·s). */
    public static final int FOURTH = 3;

    /** Position of their sum, mol/(m²·s). */
    public static final int TOTAL = 4;

    /** How many numbers {@link #compute} gives. */
    public static final int COLUMNS = 5;

    private final RateDataset dataset;
    private final List<Mineral> minerals;
    private final Map<String, Mineral> byKey = new HashMap<>();

    public MineralRates(RateDataset dataset) {
        this.dataset = dataset;
        this.minerals = RateTable.read(dataset).stream()
                .sorted(Comparator.comparing(Mineral::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
        minerals.forEach(mineral -> byKey.put(key(mineral.name()), mineral));
    }

    public RateDataset dataset() {
        return dataset;
    }

    /** All minerals, sorted by name without regard to case. */
    public List<Mineral> minerals() {
        return minerals;
    }

    /** A mineral by its name, without regard to case and spaces. */
    public Optional<Mineral> find(String name) {
        return Optional.ofNullable(byKey.get(key(name)));
    }

    private static String key(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /** The rate of a mineral with everything that must be said about it. */
    public Computed<RateState> at(Mineral mineral, RateRule rule, Conditions conditions) {
        var row = new double[COLUMNS];
        compute(mineral, rule, conditions, row);
        var state = new RateState(
                mineral,
                rule,
                conditions,
                rate(row[ACID]),
                rate(row[NEUTRAL]),
                rate(row[BASE]),
                rate(row[FOURTH]),
                rate(row[TOTAL]),
                row[TOTAL] > 0 ? Math.log10(row[TOTAL]) : Double.NaN);
        var ranges = new ArrayList<Validity.Range>();
        mineral.temperatureRange().ifPresent(ranges::add);
        mineral.pHRange().ifPresent(ranges::add);
        return new Computed<>(
                state,
                dataset.title() + ", " + rule.key() + " rule",
                flags(mineral, rule, conditions),
                new Validity(ranges),
                references(mineral));
    }

    /**
     * The rates of the four mechanisms and their sum, mol/(m²·s), without allocation.
     *
     * @param row receives {@value #COLUMNS} numbers at the positions named above
     */
    public static void compute(Mineral mineral, RateRule rule, Conditions conditions, double[] row) {
        double t = conditions.kelvin();
        row[ACID] = acid(mineral, conditions, t);
        row[NEUTRAL] = mineral.neutral().constant(t);
        row[BASE] = base(mineral.base(), rule, conditions, t);
        row[FOURTH] = fourth(mineral, rule, conditions, t);
        row[TOTAL] = row[ACID] + row[BASE] + row[NEUTRAL] + row[FOURTH];
    }

    private static double acid(Mineral mineral, Conditions conditions, double t) {
        var term = mineral.acid();
        if (!term.isPresent()) {
            return 0;
        }
        double rate = term.constant(t) * power(conditions.pH(), term.order());
        return mineral.group() == Mineral.Group.OXIDATION
                ? Double.isNaN(conditions.pFe3()) ? 0 : rate * power(conditions.pFe3(), term.secondOrder())
                : rate;
    }

    private static double base(Term term, RateRule rule, Conditions conditions, double t) {
        if (!term.isPresent()) {
            return 0;
        }
        boolean hydroxide = rule == RateRule.STRICT && term.catalyst() == Catalyst.HYDROXIDE;
        double minusLog = hydroxide ? -(logKw(t) + conditions.pH()) : conditions.pH();
        return term.constant(t) * power(minusLog, term.order());
    }

    private static double fourth(Mineral mineral, RateRule rule, Conditions conditions, double t) {
        var term = mineral.fourth();
        if (!term.isPresent()) {
            return 0;
        }
        double minusLog = term.catalyst() == Catalyst.OXYGEN ? conditions.pO2() : conditions.pCO2();
        if (Double.isNaN(minusLog)) {
            if (rule == RateRule.STRICT || term.catalyst() == Catalyst.OXYGEN) {
                return 0;
            }
            minusLog = conditions.pH();
        }
        return term.constant(t) * power(minusLog, term.order());
    }

    /** (10^-p)^n */
    private static double power(double p, double n) {
        return Math.pow(Math.pow(10, -p), n);
    }

    /**
     * log10 of the ion product of water, about 0 to 300 °C: the polynomial of the online calculator, whose
     * publication is not known; −13.9973 at 25 °C.
     *
     * @param t K
     */
    public static double logKw(double t) {
        return 1530.875
                + 0.5198124 * t
                - 60208.41 / t
                - 608.0362 * Math.log10(t)
                + 2139656 / (t * t)
                - 0.0001961716 * t * t;
    }

    private List<Flag> flags(Mineral mineral, RateRule rule, Conditions conditions) {
        var flags = new ArrayList<Flag>();
        if (mineral.group() == Mineral.Group.OXIDATION
                && mineral.acid().isPresent()
                && Double.isNaN(conditions.pFe3())) {
            flags.add(notGiven("pFe3+ is not given: the acid mechanism counts as zero"));
        }
        if (mineral.fourth().isPresent()) {
            addFourthFlag(flags, mineral.fourth().catalyst(), rule, conditions);
        }
        if (rule == RateRule.COMPATIBLE && mineral.base().catalyst() == Catalyst.HYDROXIDE) {
            flags.add(Flag.note("The base mechanism of this mineral is published in a(OH-), but is computed here with"
                    + " a(H+) as the online calculator does"));
        }
        mineral.temperatureRange().ifPresent(r -> flags.addAll(Validity.of(r).check(conditions.temperature())));
        mineral.pHRange().ifPresent(r -> flags.addAll(Validity.of(r).check(conditions.pH())));
        switch (mineral.verification()) {
            case DIFFERS ->
                flags.add(new Flag(
                        Flag.Kind.SOURCES_DIFFER,
                        "The parameters differ from USGS OFR 2004-1068: " + mineral.difference()));
            case SINGLE_SOURCE -> {
                if (dataset == RateDataset.LIBRARY) {
                    flags.add(new Flag(
                            Flag.Kind.SINGLE_SOURCE, "The parameters were not checked against a second source"));
                }
            }
            case CROSS_CHECKED -> {}
        }
        if (!mineral.note().isEmpty() && dataset == RateDataset.LIBRARY) {
            flags.add(Flag.note(mineral.note()));
        }
        return flags;
    }

    private static void addFourthFlag(List<Flag> flags, Catalyst catalyst, RateRule rule, Conditions conditions) {
        if (catalyst == Catalyst.OXYGEN) {
            if (Double.isNaN(conditions.pO2())) {
                flags.add(notGiven("pO2 is not given: the oxygen mechanism counts as zero"));
            }
        } else if (Double.isNaN(conditions.pCO2())) {
            String name = catalyst == Catalyst.BICARBONATE ? "pHCO3-" : "pCO2";
            flags.add(notGiven(
                    rule == RateRule.STRICT
                            ? name + " is not given: the carbonate mechanism counts as zero"
                            : name + " is not given: the carbonate mechanism takes the pH in its place, as the online"
                                    + " calculator does"));
        }
    }

    private static Flag notGiven(String sentence) {
        return new Flag(Flag.Kind.INPUT_NOT_GIVEN, sentence);
    }

    private List<Reference> references(Mineral mineral) {
        return dataset == RateDataset.LIBRARY && !mineral.reference().equals(RateReferences.KINETIC_LIBRARY)
                ? List.of(mineral.reference(), RateReferences.KINETIC_LIBRARY)
                : List.of(mineral.reference());
    }

    private static Quantity rate(double value) {
        return new Quantity(value, Unit.MOLE_PER_SQUARE_METRE_SECOND);
    }
}
