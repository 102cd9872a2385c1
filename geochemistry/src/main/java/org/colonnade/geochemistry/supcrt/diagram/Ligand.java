package org.colonnade.geochemistry.supcrt.diagram;

import java.util.List;

/**
 * An element other than the one drawn, of which a certain amount is dissolved: in each part of the diagram the species of it
 * that predominates there takes part in the reactions.
 *
 * @param element e.g. {@code C}
 * @param logActivity log10 of the activity of whichever species predominates
 * @param species the species considered, by name; those left out, such as methane, are taken not to form
 */
public record Ligand(String element, double logActivity, List<String> species) {
    public Ligand {
        species = List.copyOf(species);
    }
}
