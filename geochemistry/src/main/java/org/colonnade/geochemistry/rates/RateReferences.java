package org.colonnade.geochemistry.rates;

import java.util.List;
import org.colonnade.geochemistry.Reference;

/** The publications of the rate parameters. */
public final class RateReferences {

    private static final String CHEMICAL_GEOLOGY = "Chemical Geology";

    /** The collection from which the values of {@link RateDataset#LIBRARY} are taken. */
    public static final Reference KINETIC_LIBRARY = new Reference(
            "Zhang2019",
            List.of("Zhang, Y.", "Hu, B.", "Teng, Y.", "Tu, K.", "Zhu, C."),
            2019,
            "A library of BASIC scripts of reaction rates for geochemical modeling using PHREEQC",
            "Computers & Geosciences",
            "133",
            "104316",
            "10.1016/j.cageo.2019.104316");

    public static final Reference PALANDRI_2004 = new Reference(
            "Palandri2004",
            List.of("Palandri, J. L.", "Kharaka, Y. K."),
            2004,
            "A compilation of rate parameters of water-mineral interaction kinetics for application to geochemical"
                    + " modeling",
            "U.S. Geological Survey Open File Report 2004-1068",
            null,
            null,
            null);

    private static final List<Reference> SOURCES = List.of(
            PALANDRI_2004,
            new Reference(
                    "Marty2015",
                    List.of(
                            "Marty, N. C. M.",
                            "Claret, F.",
                            "Lassin, A.",
                            "Tremosa, J.",
                            "Blanc, P.",
                            "Madé, B.",
                            "Giffaut, E.",
                            "Cochepin, B.",
                            "Tournassat, C."),
                    2015,
                    "A database of dissolution and precipitation rates for clay-rocks minerals",
                    "Applied Geochemistry",
                    "55",
                    "108-118",
                    "10.1016/j.apgeochem.2014.10.012"),
            new Reference(
                    "Smith2016",
                    List.of("Smith, M. M.", "Carroll, S. A."),
                    2016,
                    "Chlorite dissolution kinetics at pH 3-10 and temperature to 275 °C",
                    CHEMICAL_GEOLOGY,
                    "421",
                    "55-64",
                    null),
            new Reference(
                    "Smith2017",
                    List.of("Smith, M. M.", "Dai, Z.", "Carroll, S. A."),
                    2017,
                    "Illite dissolution kinetics from 100 to 280 °C and pH 3 to 9",
                    "Geochimica et Cosmochimica Acta",
                    "209",
                    "9-23",
                    null),
            KINETIC_LIBRARY,
            new Reference(
                    "Daval2013",
                    List.of("Daval, D.", "Hellmann, R.", "Martinez, I.", "Gangloff, S.", "Guyot, F."),
                    2013,
                    "Lizardite serpentine dissolution kinetics as a function of pH and temperature, including effects of"
                            + " elevated pCO2",
                    CHEMICAL_GEOLOGY,
                    "351",
                    "245-256",
                    null),
            new Reference(
                    "Lammers2017",
                    List.of("Lammers, K.", "Smith, M. M.", "Carroll, S. A."),
                    2017,
                    "Muscovite dissolution kinetics as a function of pH at elevated temperature",
                    CHEMICAL_GEOLOGY,
                    "466",
                    "149-158",
                    null));

    private RateReferences() {}

    /** The publication whose short text, e.g. {@code Marty et al. (2015)}, stands in a table of parameters. */
    static Reference named(String shortText) {
        return SOURCES.stream()
                .filter(r -> r.shortText().equals(shortText))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No publication " + shortText));
    }
}
