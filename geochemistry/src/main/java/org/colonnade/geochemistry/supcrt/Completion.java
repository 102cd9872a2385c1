package org.colonnade.geochemistry.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The attempt to balance a reaction with H2O, H+ and e-: oxygen by water, hydrogen by protons, charge by electrons.
 *
 * @param reaction the completed reaction; the one given if nothing was to be done or nothing could be done
 * @param added what was added
 * @param remaining what is still out of balance
 */
public record Completion(Reaction reaction, List<Reaction.Term> added, Balance remaining) {

    public Completion {
        added = List.copyOf(added);
    }

    static Completion of(Reaction reaction, Database database) {
        var balance = reaction.balance();
        double oxygen = balance.elements().getOrDefault("O", 0.0);
        double hydrogen = balance.elements().getOrDefault("H", 0.0);
        // The surplus of oxygen goes back as water, which takes two hydrogens with it.
        double water = -oxygen;
        double protons = -(hydrogen + 2 * water);
        double electrons = balance.charge() + protons;
        var added = new ArrayList<Reaction.Term>();
        for (var need : List.of(Map.entry("H2O", water), Map.entry("H+", protons), Map.entry("e-", electrons))) {
            if (Math.abs(need.getValue()) > 1e-6) {
                var species = database.find(need.getKey());
                if (species.isEmpty()) {
                    return new Completion(reaction, List.of(), balance);
                }
                added.add(new Reaction.Term(Math.round(need.getValue() * 1e9) / 1e9, species.get()));
            }
        }
        if (added.isEmpty() || !balance.unknown().isEmpty()) {
            return new Completion(reaction, List.of(), balance);
        }
        var terms = new ArrayList<>(reaction.terms());
        for (var each : added) {
            int at = -1;
            for (int i = 0; i < terms.size(); i++) {
                if (terms.get(i).species().name().equals(each.species().name())) {
                    at = i;
                }
            }
            if (at < 0) {
                terms.add(each);
            } else {
                double sum = terms.get(at).coefficient() + each.coefficient();
                terms.remove(at);
                if (Math.abs(sum) > 1e-9) {
                    terms.add(at, new Reaction.Term(sum, each.species()));
                }
            }
        }
        var completed = new Reaction(reaction.title(), terms, reaction.notes());
        return new Completion(completed, added, completed.balance());
    }
}
