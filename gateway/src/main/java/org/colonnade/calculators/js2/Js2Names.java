package org.colonnade.calculators.js2;

import java.util.List;

/** The names that the js2 gateway knows, and how it cleans those that users give. */
final class Js2Names {

    /** Its nine databases; operators install the files, whose authors state no licence. */
    static final List<String> DATABASES = List.of(
            "geothermal.dat",
            "geothermal-ree.dat",
            "diagenesis.dat",
            "bl-0.5kb.dat",
            "bl-1kb.dat",
            "bl-2kb.dat",
            "bl-2kb-ree.dat",
            "bl-5kb.dat",
            "llnl-kinetics.dat");

    private Js2Names() {}

    /** Removes every character but letters, digits, underscore, blanks and {@code - ~ , [ ] .} */
    static String clean(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}_\\s~,\\[\\].-]", "").strip();
    }
}
