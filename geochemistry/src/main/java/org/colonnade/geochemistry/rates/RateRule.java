package org.colonnade.geochemistry.rates;

/** How two gaps of the rate law are filled. */
public enum RateRule {
    /**
     * As the online calculator: the base term is always a power of a(H+), and a carbonate term without pCO2 takes
     * 10^-pH in its place.
     */
    COMPATIBLE("gateway"),
    /**
     * As the sources mean it: a base term in a(OH-) takes 10^(log Kw + pH), and a carbonate term without pCO2 is zero.
     */
    STRICT("strict");

    private final String key;

    RateRule(String key) {
        this.key = key;
    }

    /** The word for it in addresses and files: {@code gateway} or {@code strict}. */
    public String key() {
        return key;
    }
}
