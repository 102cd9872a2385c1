package org.colonnade.geochemistry.h2s;

import org.colonnade.geochemistry.InputException;

/** The three systems for which there is a table. */
public enum GasSystem {
    CO2("CO₂-H₂O-NaCl", "co2"),
    H2S("H₂S-H₂O-NaCl", "h2s"),
    /** With the composition of the gas as in Ji and Zhu (2013). */
    CO2_H2S("CO₂-H₂S-H₂O-NaCl", "co2-h2s");

    private final String title;
    private final String file;

    GasSystem(String title, String file) {
        this.title = title;
        this.file = file;
    }

    public String title() {
        return title;
    }

    String file() {
        return file;
    }

    /** The number by which addresses and files name the system: 0, 1 or 2. */
    public int number() {
        return ordinal();
    }

    /** @throws InputException for any other number, also for one between two systems */
    public static GasSystem of(double number) {
        if (!(number >= 0 && number <= 2)) {
            throw new InputException(
                    "system", "System '%s' is out of range. Select system from 0 to 2.".formatted(number));
        }
        if (number != Math.rint(number)) {
            throw new InputException(
                    "system", "System '%s' is not a whole number. Select system from 0 to 2.".formatted(number));
        }
        return values()[(int) number];
    }
}
