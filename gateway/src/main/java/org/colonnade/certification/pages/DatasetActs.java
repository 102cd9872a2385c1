package org.colonnade.certification.pages;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.colonnade.certification.certify.Batches;
import org.colonnade.certification.certify.Choice;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Lumisections;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.pages.Acts.Outcome;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the table of datasets does with many of them at once, each act by its own right. */
@Component
class DatasetActs {

    private static final List<String> MOVES = List.of("OPEN", "SIGNOFF", "COMPLETED");

    private final Datasets datasets;
    private final Batches batches;
    private final Cycles cycles;
    private final Configurations configurations;
    private final Rights rights;

    DatasetActs(Datasets datasets, Batches batches, Cycles cycles, Configurations configurations, Rights rights) {
        this.datasets = datasets;
        this.batches = batches;
        this.cycles = cycles;
        this.configurations = configurations;
        this.rights = rights;
    }

    /**
     * What is asked.
     *
     * @param choice of at least one
     * @param workspaces that were chosen for duplicates, beside the table's own
     */
    record Asked(String act, String workspace, Choice choice, Map<String, String> sent, Collection<String> workspaces) {

        private String text(String name) {
            return sent.getOrDefault(name, "").strip();
        }

        private String all() {
            return count() + (count() == 1 ? " dataset" : " datasets");
        }

        private int count() {
            return choice.keys().size();
        }
    }

    /** Tells the template which acts the visitor may do. */
    void offer(String workspace, Visitor visitor, Model model) {
        Configuration document = configurations.current().document();
        List<String> batch = Workspaces.components(document, Configuration.OFFLINE, workspace).stream()
                .filter(c -> rights.may(visitor, "dataset.batch", Configuration.workspaceOf(c)))
                .toList();
        boolean move = rights.may(visitor, "dataset.move", workspace);
        boolean hide = rights.may(visitor, "dataset.hide", Workspaces.GLOBAL);
        boolean cycle = rights.may(visitor, "cycle.manage", Workspaces.GLOBAL);
        boolean everywhere = rights.may(visitor, "dataset.move-everywhere", Workspaces.GLOBAL);
        boolean duplicate = rights.may(visitor, "dataset.duplicate", Workspaces.GLOBAL)
                && rights.may(visitor, "dataset.duplicate", workspace);
        model.addAttribute("mayMove", move);
        model.addAttribute("mayHide", hide);
        model.addAttribute("mayCycle", cycle);
        model.addAttribute("mayEverywhere", everywhere);
        model.addAttribute("mayDuplicate", duplicate);
        model.addAttribute("batch", batch);
        model.addAttribute("mayAct", move || hide || cycle || everywhere || duplicate || !batch.isEmpty());
        model.addAttribute("cycles", cycles.all(workspace));
        model.addAttribute("states", MOVES);
        model.addAttribute("allStates", new TreeSet<>(Datasets.STATES));
        model.addAttribute("statuses", Lumisections.STATUSES);
        model.addAttribute(
                "others",
                Workspaces.names(document, Configuration.OFFLINE).stream()
                        .filter(w -> !w.equals(workspace) && !w.equals(Workspaces.GLOBAL))
                        .toList());
    }

    List<Outcome> act(Asked asked, Visitor visitor) {
        Author author = Author.person(visitor.name());
        if (MOVES.contains(asked.act())) {
            rights.require(visitor, "dataset.move", asked.workspace());
            return Acts.each(
                    asked.choice().keys(),
                    k -> "Run " + k.run() + ", " + k.name(),
                    k -> datasets.move(
                            author,
                            k,
                            asked.workspace(),
                            asked.act(),
                            asked.choice().seen().get(k)));
        }
        return switch (asked.act()) {
            case "everywhere" -> {
                rights.require(visitor, "dataset.move-everywhere", Workspaces.GLOBAL);
                yield batch(asked, () -> batches.moveEverywhere(author, asked.choice(), asked.text("state")));
            }
            case "hide" -> {
                rights.require(visitor, "dataset.hide", Workspaces.GLOBAL);
                String reason = asked.text("reason");
                yield Acts.whole(
                        asked.all(),
                        asked.count(),
                        reason.length() < 3 ? "Say in at least 3 characters why they are hidden." : null,
                        () -> datasets.hide(author, asked.choice(), reason));
            }
            case "cycle" -> {
                rights.require(visitor, "cycle.manage", Workspaces.GLOBAL);
                String cycle = asked.text("cycle");
                yield Acts.whole(
                        asked.all(),
                        asked.count(),
                        cycle.matches("\\d{1,9}") ? null : "Choose a cycle first.",
                        () -> cycles.add(
                                author, Integer.parseInt(cycle), asked.choice().keys(), null));
            }
            case "status" -> {
                List<String> component = component(asked, visitor);
                yield batch(asked, () -> batches.setStatus(author, asked.choice(), component, asked.text("status")));
            }
            case "copy" -> {
                List<String> component = component(asked, visitor);
                yield batch(asked, () -> batches.copyInto(author, asked.choice(), asked.text("source"), component));
            }
            case "duplicate" -> {
                var into = new TreeSet<>(asked.workspaces());
                into.add(asked.workspace());
                into.add(Workspaces.GLOBAL);
                into.forEach(w -> rights.require(visitor, "dataset.duplicate", w));
                yield batch(asked, () -> batches.duplicate(author, asked.choice(), asked.text("target"), into));
            }
            default -> throw ProblemException.invalid("act", "is not one of the acts on datasets");
        };
    }

    private List<String> component(Asked asked, Visitor visitor) {
        String component = asked.text("component");
        rights.require(visitor, "dataset.batch", Configuration.workspaceOf(component));
        return List.of(component);
    }

    /** One version for all of them; those that were so already count as done. */
    private static List<Outcome> batch(Asked asked, Runnable work) {
        return Acts.whole(asked.all(), asked.count(), null, work);
    }
}
