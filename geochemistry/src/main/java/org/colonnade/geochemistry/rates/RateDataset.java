package org.colonnade.geochemistry.rates;

/** Where the parameters come from. */
public enum RateDataset {
    /** The PHREEQC kinetic library of Zhang et al. (2019): 82 minerals. */
    LIBRARY("library", "PHREEQC kinetic library"),
    /** USGS Open File Report 2004-1068 as digested in the PHREEQC rates file: 76 rows. */
    OFR_2004_1068("ofr2004", "USGS OFR 2004-1068");

    private final String key;
    private final String title;

    RateDataset(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The word for it in addresses and files. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }
}
