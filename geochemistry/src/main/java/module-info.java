/** Geochemical calculators: CO2 and H2S solubility, mineral dissolution rates, species, SUPCRT thermodynamics. */
module org.colonnade.geochemistry {
    requires static transitive org.jspecify;

    exports org.colonnade.geochemistry;
    exports org.colonnade.geochemistry.co2;
    exports org.colonnade.geochemistry.h2s;
    exports org.colonnade.geochemistry.rates;
    exports org.colonnade.geochemistry.species;
    exports org.colonnade.geochemistry.supcrt;
    exports org.colonnade.geochemistry.supcrt.diagram;
    exports org.colonnade.geochemistry.supcrt.files;
    exports org.colonnade.geochemistry.supcrt.water;
}
