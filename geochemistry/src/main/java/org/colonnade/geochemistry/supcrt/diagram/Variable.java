package org.colonnade.geochemistry.supcrt.diagram;

import java.util.regex.Pattern;

/** What an axis of a predominance diagram measures. */
public sealed interface Variable {

    /** As printed at an axis. */
    String label();

    /** -log a(H+). */
    record Ph() implements Variable {
        @Override
        public String label() {
            return "pH";
        }
    }

    /** Electrode potential against the standard hydrogen electrode, V. */
    record Eh() implements Variable {
        @Override
        public String label() {
            return "Eh (V)";
        }
    }

    /** -log a(e-). */
    record Pe() implements Variable {
        @Override
        public String label() {
            return "pe";
        }
    }

    /** log10 of the activity, or of the fugacity (bar) of a gas. */
    record LogActivity(String species) implements Variable {
        @Override
        public String label() {
            return (species.endsWith(",g") ? "log f(" : "log a(") + species + ")";
        }
    }

    /** log10 of a(ion)/a(H+)^z, z being the charge of the ion. */
    record LogRatio(String species) implements Variable {
        private static final Pattern CHARGE = Pattern.compile("[+-](\\d*)$");

        @Override
        public String label() {
            var charge = CHARGE.matcher(species);
            String power = charge.find() ? charge.group(1) : "";
            return "log a(%s)/a(H+)%s".formatted(species, power.isEmpty() || power.equals("1") ? "" : "^" + power);
        }
    }
}
