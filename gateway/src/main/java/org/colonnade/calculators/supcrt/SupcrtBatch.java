package org.colonnade.calculators.supcrt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.calculators.description.Batch;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.web.ProblemException;

/** The rows of a CSV of reactions and states, with the reactions met so far. One batch, one thread. */
final class SupcrtBatch {

    private static final int MOST_KNOWN = 10_000;

    private final ReactionParser parser;
    private final Profile profile;
    private final Map<String, Reaction> known = new HashMap<>();

    private SupcrtBatch(Database database, Profile profile) {
        this.parser = new ReactionParser(database);
        this.profile = profile;
    }

    /** How rows are computed with a database and a profile. */
    static Batch of(Database database, Profile profile) {
        return new Batch(
                List.of("reaction", "T_C"),
                List.of("P_bar", "rho_gcc"),
                List.of("logK", "dG_kJ", "dH_kJ", "dS_J_K", "dCp_J_K", "dV_J_bar", "flag"),
                List.of("\"-1 QUARTZ; 1 SiO2,aq\"", "300", "1000", ""),
                new SupcrtBatch(database, profile)::compute);
    }

    private void compute(Batch.Cells cells, Batch.Out out) {
        try {
            var reaction = reaction(cells.text(0));
            double celsius = cells.number(1);
            double bar = cells.optional(2);
            double density = cells.optional(3);
            if (Double.isNaN(bar) && Double.isNaN(density)) {
                throw new InputException("P_bar", "P_bar and rho_gcc are both empty; one of them is needed");
            }
            var at = SupcrtStates.one(
                    celsius,
                    Double.isNaN(bar) ? null : (Double) bar,
                    Double.isNaN(density) ? null : (Double) density,
                    reaction.needsWater());
            var table = new Evaluation(at, profile).table(reaction);
            out.number(table.logK(0));
            out.number(table.gibbs(0) / 1e3);
            out.number(table.enthalpy(0) / 1e3);
            out.number(table.entropy(0));
            out.number(table.heatCapacity(0));
            out.number(table.volume(0));
            out.text(table.flag(0).name());
            out.message(String.join("; ", reaction.notes()));
        } catch (ProblemException e) {
            throw new InputException("row", e.detail());
        }
    }

    private Reaction reaction(String text) {
        var reaction = known.get(text);
        if (reaction == null) {
            reaction = SupcrtService.reaction(parser, "reaction", text, false);
            if (known.size() < MOST_KNOWN) {
                known.put(text, reaction);
            }
        }
        return reaction;
    }
}
