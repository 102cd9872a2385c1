package org.colonnade.certification.ledger;

import java.util.Locale;

/** The two kinds of facts about a lumisection. */
public enum Family {
    /** Verdicts: a triplet of status, comment and cause for each component. */
    RR,
    /** What the detector reported: bits, prescales, luminosity. */
    OMS;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Family of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
