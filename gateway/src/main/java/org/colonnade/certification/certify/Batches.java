package org.colonnade.certification.certify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.configuration.RuleBook;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is done to many datasets at once. Each piece of work is one version: all of it is written, or nothing. */
@Service
public class Batches {

    private static final String STATE = "_state";
    private static final String GLOBAL = "global";

    private final Ledger ledger;
    private final Configurations configurations;
    private final Datasets datasets;

    Batches(Ledger ledger, Configurations configurations, Datasets datasets) {
        this.ledger = ledger;
        this.configurations = configurations;
        this.datasets = datasets;
    }

    /**
     * Makes a dataset of another name from each of the given ones, with the verdicts and bits that they have now.
     *
     * @param workspaces in which the new datasets are certified, beside the global one
     */
    public List<DatasetKey> duplicate(Author author, Choice sources, String target, Collection<String> workspaces) {
        if (!target.matches("/[^/\\s]{1,200}/[^/\\s]{1,200}/[^/\\s]{1,200}")) {
            throw Refused.invalid("A dataset has a name of three parts such as /PromptReco/Collisions2026A/DQM");
        }
        var wanted = new TreeSet<String>(workspaces);
        wanted.forEach(this::requireWorkspace);
        wanted.add(GLOBAL);
        return ledger.write(author, "duplicate datasets into " + target, draft -> {
            sources.require(draft);
            var made = new ArrayList<DatasetKey>();
            for (DatasetKey source : sources.keys()) {
                var key = new DatasetKey(source.run(), target);
                Dataset dataset = draft.dataset(source).orElseThrow(() -> Refused.noDataset(source));
                if (draft.dataset(key).isPresent()) {
                    throw Refused.conflict("Dataset already exists: " + target + " of run " + source.run());
                }
                draft.setDataset(key, attributes(dataset, wanted));
                draft.setLumisections(key, Family.RR, dataset.verdicts());
                draft.setLumisections(key, Family.OMS, dataset.bits());
                made.add(key);
            }
            return made;
        });
    }

    private static ObjectNode attributes(Dataset source, Set<String> workspaces) {
        ObjectNode result = source.attributes().deepCopy();
        List<String> others = source.attributes().propertyNames().stream()
                .filter(k -> k.endsWith(STATE) && !workspaces.contains(k.substring(0, k.length() - STATE.length())))
                .toList();
        result.remove(others);
        workspaces.forEach(workspace -> {
            if (!result.has(workspace + STATE)) {
                result.put(workspace + STATE, Datasets.WAITING);
            }
        });
        return result;
    }

    /**
     * Gives datasets the verdicts on some components that others of the same runs have.
     *
     * @param choice for each run the source and the target, and nothing else
     */
    public List<DatasetKey> copyColumns(
            Author author, Choice choice, String source, String target, Collection<String> components) {
        components.forEach(this::requireComponent);
        if (source.equals(target)) {
            throw Refused.invalid("The source and the target are the same dataset");
        }
        var byRun = new TreeMap<Integer, List<String>>();
        choice.keys()
                .forEach(k ->
                        byRun.computeIfAbsent(k.run(), run -> new ArrayList<>()).add(k.name()));
        byRun.forEach((run, names) -> {
            if (!new TreeSet<>(names).equals(new TreeSet<>(List.of(source, target)))) {
                throw Refused.invalid("The filter must give " + source + " and " + target + " of each run, and for run "
                        + run + " gives " + String.join(", ", names));
            }
        });
        String comment = "copy " + String.join(", ", components) + " from " + source + " to " + target;
        return ledger.write(author, comment, draft -> {
            choice.require(draft);
            var changed = new ArrayList<DatasetKey>();
            for (int run : byRun.keySet()) {
                var from = new DatasetKey(run, source);
                var to = new DatasetKey(run, target);
                requireEditable(draft, to);
                Lanes copied = draft.dataset(from)
                        .orElseThrow(() -> Refused.noDataset(from))
                        .verdicts()
                        .only(components::contains)
                        .within(draft.dataset(to)
                                .orElseThrow(() -> Refused.noDataset(to))
                                .verdicts()
                                .extent());
                if (draft.setLumisections(to, Family.RR, copied) != 0) {
                    changed.add(to);
                }
            }
            return changed;
        });
    }

    /**
     * Gives datasets of one name the verdicts on some components that those of another name have, run by run.
     *
     * @param targets that get them
     */
    public List<DatasetKey> copyInto(Author author, Choice targets, String source, Collection<String> components) {
        List<String> names =
                targets.keys().stream().map(DatasetKey::name).distinct().toList();
        if (names.size() > 1) {
            throw Refused.invalid("The chosen datasets have several names; choose those of one name");
        }
        var pairs = new ArrayList<DatasetKey>(targets.keys());
        targets.keys().forEach(target -> pairs.add(new DatasetKey(target.run(), source)));
        return copyColumns(
                author, new Choice(pairs, targets.seen()), source, names.isEmpty() ? "" : names.getFirst(), components);
    }

    /** Sets the status of whole components; comments and causes stay. */
    public List<DatasetKey> setStatus(Author author, Choice choice, Collection<String> components, String status) {
        if (!Lumisections.STATUSES.contains(status)) {
            throw Refused.invalid("The status must be one of " + String.join(", ", Lumisections.STATUSES));
        }
        components.forEach(this::requireComponent);
        String comment = "batch update of " + String.join(", ", components) + " to " + status;
        return ledger.write(author, comment, draft -> {
            choice.require(draft);
            var changed = new ArrayList<DatasetKey>();
            for (DatasetKey key : choice.keys()) {
                Dataset dataset = draft.dataset(key).orElseThrow(() -> Refused.noDataset(key));
                requireEditable(draft, key);
                var lanes = new TreeMap<String, Lane>();
                components.forEach(
                        c -> lanes.put(c, withStatus(dataset.verdicts().lane(c), dataset, status)));
                if (draft.setLumisections(key, Family.RR, Lanes.of(lanes)) != 0) {
                    changed.add(key);
                }
            }
            return changed;
        });
    }

    private static Lane withStatus(Lane lane, Dataset dataset, String status) {
        var result = new Lane.Builder();
        for (Lane.Span span : lane.spans()) {
            JsonNode old = span.value();
            result.add(
                    span.first(),
                    span.last(),
                    RuleBook.triplet(
                            status,
                            old.path("comment").asString(""),
                            old.path("cause").asString("")));
        }
        int length = Math.max(dataset.length(), dataset.bits().last());
        return length == 0 ? Lane.EMPTY : result.build().over(Lane.of(1, length, RuleBook.triplet(status, "", "")));
    }

    /** Moves those that are in a state to another one, in one workspace. */
    public List<DatasetKey> move(Author author, Choice choice, String workspace, String from, String to) {
        requireWorkspace(workspace);
        requireState(to);
        String comment = "change datasets in workspace " + workspace + " from " + from + " to " + to;
        return ledger.write(author, comment, draft -> {
            choice.require(draft);
            var changed = new ArrayList<DatasetKey>();
            for (DatasetKey key : choice.keys()) {
                Dataset dataset = draft.dataset(key).orElseThrow(() -> Refused.noDataset(key));
                if (state(dataset, workspace).equals(from) && !from.equals(to)) {
                    datasets.move(draft, key, workspace, to);
                    changed.add(key);
                }
            }
            return changed;
        });
    }

    /** Moves datasets to a state in every workspace in which they have one. */
    public List<DatasetKey> moveEverywhere(Author author, Choice choice, String to) {
        requireState(to);
        return ledger.write(author, "change datasets in all workspaces to " + to, draft -> {
            choice.require(draft);
            var changed = new ArrayList<DatasetKey>();
            for (DatasetKey key : choice.keys()) {
                Dataset dataset = draft.dataset(key).orElseThrow(() -> Refused.noDataset(key));
                var states = JsonNodeFactory.instance.objectNode();
                dataset.attributes().properties().forEach(p -> {
                    if (p.getKey().endsWith(STATE) && !p.getValue().asString("").equals(to)) {
                        datasets.requireMovable(
                                draft, key, p.getKey().substring(0, p.getKey().length() - STATE.length()));
                        states.put(p.getKey(), to);
                    }
                });
                if (!states.isEmpty()) {
                    draft.setDataset(key, states);
                    changed.add(key);
                }
            }
            return changed;
        });
    }

    static String state(Dataset dataset, String workspace) {
        return dataset.attributes().path(workspace + STATE).asString("");
    }

    private static void requireEditable(Draft draft, DatasetKey key) {
        if (key.isOnline()) {
            Runs.requireOpen(draft.run(key.run()).orElseThrow(Refused::noRun), "edited");
        }
    }

    private static void requireState(String state) {
        if (!Datasets.STATES.contains(state)) {
            throw Refused.invalid("There is no dataset state " + state);
        }
    }

    private void requireWorkspace(String name) {
        if (!name.equals(GLOBAL)
                && configurations
                        .current()
                        .document()
                        .workspace(Configuration.OFFLINE, name)
                        .isEmpty()) {
            throw Refused.invalid("There is no offline workspace " + name);
        }
    }

    private void requireComponent(String name) {
        Configuration document = configurations.current().document();
        if (!document.componentNames(Configuration.OFFLINE).contains(name)
                && !document.componentNames(Configuration.ONLINE).contains(name)) {
            throw Refused.invalid("There is no component " + name);
        }
    }
}
