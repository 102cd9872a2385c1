package org.colonnade.certification.golden;

/** What becomes of a run of which several datasets match. */
public enum Several {
    /** The file is not made; the reason names the run and its datasets. */
    REFUSE,
    /** A lumisection is good if it is in any of the datasets. */
    UNION,
    /** A lumisection is good if it is in all of the datasets. */
    INTERSECTION
}
