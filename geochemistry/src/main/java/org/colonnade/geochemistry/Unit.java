package org.colonnade.geochemistry;

/**
 * The units in which the calculators take and give values. Units of one dimension convert into each other; all
 * conversions are exact factors of the SI or the definitions named at the constant.
 */
public enum Unit {
    ONE("1", Dimension.NUMBER, 1, 0),
    PERCENT("%", Dimension.NUMBER, 0.01, 0),
    KELVIN("K", Dimension.TEMPERATURE, 1, 0),
    CELSIUS("°C", Dimension.TEMPERATURE, 1, 273.15),
    PASCAL("Pa", Dimension.PRESSURE, 1e-5, 0),
    BAR("bar", Dimension.PRESSURE, 1, 0),
    MEGAPASCAL("MPa", Dimension.PRESSURE, 10, 0),
    KILOBAR("kbar", Dimension.PRESSURE, 1000, 0),
    MOLE_PER_KG_WATER("mol/kg", Dimension.MOLALITY, 1, 0),
    GRAM_PER_KG_WATER("g/kg", Dimension.MASS_PER_WATER, 1, 0),
    KILOGRAM_PER_CUBIC_METRE("kg/m³", Dimension.DENSITY, 1, 0),
    GRAM_PER_CUBIC_CENTIMETRE("g/cm³", Dimension.DENSITY, 1000, 0),
    JOULE_PER_MOLE("J/mol", Dimension.MOLAR_ENERGY, 1, 0),
    KILOJOULE_PER_MOLE("kJ/mol", Dimension.MOLAR_ENERGY, 1000, 0),
    /** The thermochemical calorie, 4.184 J. */
    CALORIE_PER_MOLE("cal/mol", Dimension.MOLAR_ENERGY, 4.184, 0),
    JOULE_PER_MOLE_KELVIN("J/(mol·K)", Dimension.MOLAR_ENTROPY, 1, 0),
    /** The thermochemical calorie, 4.184 J. */
    CALORIE_PER_MOLE_KELVIN("cal/(mol·K)", Dimension.MOLAR_ENTROPY, 4.184, 0),
    CUBIC_CENTIMETRE_PER_MOLE("cm³/mol", Dimension.MOLAR_VOLUME, 0.1, 0),
    JOULE_PER_MOLE_BAR("J/(mol·bar)", Dimension.MOLAR_VOLUME, 1, 0),
    MOLE_PER_SQUARE_METRE_SECOND("mol/(m²·s)", Dimension.RATE, 1, 0);

    private enum Dimension {
        NUMBER,
        TEMPERATURE,
        PRESSURE,
        MOLALITY,
        MASS_PER_WATER,
        DENSITY,
        MOLAR_ENERGY,
        MOLAR_ENTROPY,
        MOLAR_VOLUME,
        RATE
    }

    private final String symbol;
    private final Dimension dimension;
    private final double factor;
    private final double offset;

    Unit(String symbol, Dimension dimension, double factor, double offset) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
        this.offset = offset;
    }

    /** As printed after a number, e.g. {@code mol/kg}; {@code 1} for a bare number. */
    public String symbol() {
        return symbol;
    }

    public boolean convertsTo(Unit other) {
        return dimension == other.dimension;
    }

    /**
     * A value of this unit in another one.
     *
     * @throws IllegalArgumentException when the units measure different things
     */
    public double convert(double value, Unit to) {
        if (!convertsTo(to)) {
            throw new IllegalArgumentException("%s does not convert to %s".formatted(symbol, to.symbol));
        }
        return this == to ? value : (value * factor + offset - to.offset) / to.factor;
    }
}
