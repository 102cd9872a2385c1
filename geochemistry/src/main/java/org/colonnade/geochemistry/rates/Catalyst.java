package org.colonnade.geochemistry.rates;

/** The activity, or pressure, to whose power a mechanism is proportional. */
public enum Catalyst {
    NONE(""),
    HYDROGEN("H+"),
    HYDROXIDE("OH-"),
    /** Partial pressure of CO2, bar. */
    CARBON_DIOXIDE("pCO2"),
    BICARBONATE("HCO3-"),
    OXYGEN("O2");

    private final String symbol;

    Catalyst(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    static Catalyst of(String symbol) {
        for (var catalyst : values()) {
            if (catalyst.symbol.equals(symbol)) {
                return catalyst;
            }
        }
        throw new IllegalArgumentException("No catalyst " + symbol);
    }
}
