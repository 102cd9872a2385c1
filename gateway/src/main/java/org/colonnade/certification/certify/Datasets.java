package org.colonnade.certification.certify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Draft;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.lumisection.Lanes;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is done to a dataset as a whole. */
@Service
public class Datasets {

    public static final String WAITING = "waiting dqm gui";
    public static final String NOT_SIGNIFICANT = "not significant for workspace";
    public static final Set<String> STATES = Set.of(WAITING, "OPEN", "SIGNOFF", "COMPLETED", NOT_SIGNIFICANT);

    private static final String STATE = "_state";
    private static final String GLOBAL = "global";

    private final Ledger ledger;
    private final States states;
    private final Configurations configurations;
    private final ObjectProvider<DatasetGuard> guards;

    Datasets(Ledger ledger, States states, Configurations configurations, ObjectProvider<DatasetGuard> guards) {
        this.ledger = ledger;
        this.states = states;
        this.configurations = configurations;
        this.guards = guards;
    }

    public Dataset get(DatasetKey key) {
        return states.dataset(key, States.NOW).filter(d -> !d.deleted()).orElseThrow(Refused::noDataset);
    }

    static ObjectNode waiting(Configuration configuration) {
        var attributes = JsonNodeFactory.instance.objectNode();
        attributes.put(GLOBAL + STATE, WAITING);
        attributes.putArray("appeared_in");
        configuration.workspaces(Configuration.OFFLINE).forEach(w -> attributes.put(w.name() + STATE, WAITING));
        return attributes;
    }

    public Dataset create(Author author, DatasetKey key, ObjectNode attributes, Lanes verdicts, Lanes bits) {
        ledger.record(author, "dataset " + key.name() + " creation for run " + key.run(), draft -> {
            if (draft.run(key.run()).isEmpty()) {
                throw Refused.noRun();
            }
            if (draft.dataset(key).isPresent()) {
                throw Refused.conflict("Dataset already exists");
            }
            draft.setDataset(key, attributes);
            draft.setLumisections(key, Family.RR, verdicts);
            draft.setLumisections(key, Family.OMS, bits);
        });
        return get(key);
    }

    /** Moves a dataset in one workspace; opening it for all also opens every workspace that waits. */
    public Dataset move(Author author, DatasetKey key, String workspace, String to) {
        return move(author, key, workspace, to, null);
    }

    /**
     * The same by somebody who looked at the dataset before.
     *
     * @param seen the number of the latest event of the dataset or its run then; null to move in any case
     */
    public Dataset move(Author author, DatasetKey key, String workspace, String to, @Nullable Long seen) {
        String comment = "move dataset " + key.name() + " of run " + key.run() + " in workspace " + workspace
                + " to state " + to;
        ledger.record(author, comment, draft -> {
            Seen.require(seen, draft, key);
            move(draft, key, workspace, to);
        });
        return get(key);
    }

    void requireMovable(Draft draft, DatasetKey key, String workspace) {
        guards.orderedStream().forEach(guard -> guard.requireMovable(draft, key, workspace));
    }

    /** The same as part of a larger act. */
    public void move(Draft draft, DatasetKey key, String workspace, String to) {
        if (!STATES.contains(to)) {
            throw Refused.invalid("There is no dataset state " + to);
        }
        Configuration configuration = configurations.current().document();
        if (!workspace.equals(GLOBAL)
                && configuration.workspace(Configuration.OFFLINE, workspace).isEmpty()) {
            throw Refused.invalid("There is no offline workspace " + workspace);
        }
        Dataset dataset = draft.dataset(key).orElseThrow(Refused::noDataset);
        String before = dataset.attributes().path(workspace + STATE).asString("");
        if (before.equals(to)) {
            throw Refused.conflict("Dataset " + key.name() + " of run " + key.run() + " is already in state " + to
                    + " in workspace " + workspace);
        }
        requireMovable(draft, key, workspace);
        var changes = JsonNodeFactory.instance.objectNode();
        changes.put(workspace + STATE, to);
        if (workspace.equals(GLOBAL) && before.equals(WAITING) && to.equals("OPEN")) {
            dataset.attributes().properties().forEach(p -> {
                if (p.getKey().endsWith(STATE) && p.getValue().asString("").equals(WAITING)) {
                    changes.put(p.getKey(), to);
                }
            });
        }
        draft.setDataset(key, changes);
    }

    /** Takes datasets off every list. */
    public void hide(Author author, Choice choice, String reason) {
        ledger.record(author, "hide datasets: " + reason, draft -> {
            choice.require(draft);
            for (DatasetKey key : choice.keys()) {
                if (key.isOnline()) {
                    throw Refused.invalid("The dataset of the run itself cannot be hidden");
                }
                if (draft.dataset(key).isEmpty()) {
                    throw Refused.noDataset();
                }
                draft.hide(key);
            }
        });
    }

    /**
     * Learns under which names datasets are shown by the quality monitor, and opens those that appeared.
     *
     * @param namesByRun everything it shows now
     * @return how many datasets changed
     */
    public int appeared(Map<Integer, Set<String>> namesByRun, List<DatasetKey> candidates) {
        Configurations.Current configuration = configurations.current();
        return ledger.write(Author.AUTOMATIC, "new dataset appeared pinging gui", draft -> {
            int changed = 0;
            for (DatasetKey key : candidates) {
                changed += appeared(draft, configuration, key, namesByRun.getOrDefault(key.run(), Set.of()));
            }
            return changed;
        });
    }

    private static int appeared(Draft draft, Configurations.Current configuration, DatasetKey key, Set<String> shown) {
        Dataset dataset = draft.dataset(key).orElse(null);
        if (dataset == null || key.isOnline()) {
            return 0;
        }
        var fresh = new TreeSet<String>();
        for (String name : shown) {
            if (!dataset.inGui().contains(name) && configuration.rules().isShown(key.name(), key.run(), name)) {
                fresh.add(name);
            }
        }
        if (fresh.isEmpty()) {
            return 0;
        }
        Run run = draft.run(key.run()).orElseThrow(Refused::noRun);
        ObjectNode document = document(dataset, run);
        var changes = new TreeMap<String, String>();
        dataset.attributes().properties().forEach(p -> {
            if (p.getKey().endsWith(STATE) && p.getValue().asString("").equals(WAITING)) {
                String workspace = p.getKey().substring(0, p.getKey().length() - STATE.length());
                configuration
                        .rules()
                        .opens(workspace, document)
                        .ifPresent(opens -> changes.put(p.getKey(), opens ? "OPEN" : NOT_SIGNIFICANT));
            }
        });
        var attributes = JsonNodeFactory.instance.objectNode();
        changes.forEach(attributes::put);
        draft.setDataset(key, attributes, List.copyOf(fresh));
        return 1;
    }

    /** Notes by hand in which other system a dataset was seen. */
    public Dataset appearedIn(Author author, DatasetKey key, String where) {
        ledger.record(author, "dataset " + key.name() + " of run " + key.run() + " appeared in " + where, draft -> {
            Dataset dataset = draft.dataset(key).orElseThrow(Refused::noDataset);
            var systems = new TreeSet<String>();
            dataset.attributes().path("appeared_in").forEach(s -> systems.add(s.asString("")));
            if (systems.add(where)) {
                var attributes = JsonNodeFactory.instance.objectNode();
                systems.forEach(attributes.putArray("appeared_in")::add);
                draft.setDataset(key, attributes);
            }
        });
        return get(key);
    }

    private static ObjectNode document(Dataset dataset, Run run) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("run_number", run.number());
        document.put("name", dataset.key().name());
        document.set("dataset_attributes", dataset.attributes());
        dataset.inGui().forEach(document.putArray("datasets_in_gui")::add);
        ObjectNode nested = document.putObject("Run");
        nested.set("oms_attributes", run.oms());
        nested.set("rr_attributes", run.rr());
        return document;
    }
}
