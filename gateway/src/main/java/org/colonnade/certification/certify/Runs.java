package org.colonnade.certification.certify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.ledger.Summary;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is done to a run. */
@Service
public class Runs {

    public static final Set<String> STATES = Set.of("OPEN", "SIGNOFF", "COMPLETED");

    /** The most that a page or a request of the own interface changes. */
    public static final int MOST_AT_ONCE = 500;

    /** Attributes that people set; the others come from acts with rules of their own. */
    private static final Set<String> EDITABLE = Set.of("class", "stop_reason", "short_run");

    private static final String FLAG = "run_needs_to_be_updated_manually";
    private static final Set<String> UNJUDGED = Set.of("", Summary.EMPTY, RuleBook.NO_VALUE);

    private final Ledger ledger;
    private final States states;
    private final Configurations configurations;
    private final OmsSource oms;

    Runs(Ledger ledger, States states, Configurations configurations, OmsSource oms) {
        this.ledger = ledger;
        this.states = states;
        this.configurations = configurations;
        this.oms = oms;
    }

    /** How an automatic update ended. */
    public enum Update {
        CHANGED,
        UNCHANGED,
        /** The run is no longer open, and rules now say something else: people must decide. */
        FLAGGED
    }

    public Run get(int number) {
        return states.run(number, States.NOW).filter(r -> !r.deleted()).orElseThrow(Refused::noRun);
    }

    /** Stores a run for the first time; what is known already is updated. */
    public Update ingest(Author author, int number, Incoming incoming) {
        if (states.run(number, States.NOW).filter(r -> !r.deleted()).isPresent()) {
            return update(author, number, incoming);
        }
        return ledger.write(author, "run " + number + " creation", draft -> {
            if (draft.run(number).isPresent()) {
                return apply(draft, number, incoming);
            }
            ObjectNode rr = incoming.rr().deepCopy();
            rr.put("stop_reason", "").put("state", "OPEN");
            draft.setRun(number, incoming.oms(), rr);
            DatasetKey online = DatasetKey.online(number);
            draft.setDataset(online, object());
            draft.setLumisections(online, Family.OMS, incoming.bits());
            draft.setLumisections(online, Family.RR, incoming.verdicts());
            return Update.CHANGED;
        });
    }

    public Update update(Author author, int number, Incoming incoming) {
        Update result =
                ledger.write(author, "run " + number + " automatic update", draft -> apply(draft, number, incoming));
        if (result == Update.FLAGGED && !get(number).isFlagged()) {
            ledger.record(
                    Author.AUTOMATIC,
                    "run flagged: run " + number + " is not OPEN and its rules now give something else",
                    draft -> draft.setRun(number, object().put(FLAG, true)));
        }
        return result;
    }

    private Update apply(Draft draft, int number, Incoming incoming) {
        Run run = draft.run(number).orElseThrow(Refused::noRun);
        DatasetKey online = DatasetKey.online(number);
        Dataset dataset = draft.dataset(online).orElseThrow(Refused::noDataset);
        if (incoming.bits().last() < dataset.bits().last()
                || !incoming.verdicts().isEmpty()
                        && incoming.verdicts().last() < dataset.verdicts().last()) {
            throw Refused.conflict("Lumisections cannot be deleted");
        }
        Lanes verdicts = incoming.verdicts().changesSince(draft.automaticVerdicts(online));
        ObjectNode rr = changedRr(incoming.rr(), run, draft.automaticRun(number).orElse(run));
        boolean judgedAnew = !verdicts.isEmpty() || !rr.isEmpty();
        if (judgedAnew && !run.isOpen()) {
            return Update.FLAGGED;
        }
        boolean ended = run.oms().hasNonNull("end_time");
        Lanes bits = !verdicts.isEmpty() || ended ? incoming.bits().changesSince(dataset.bits()) : Lanes.NONE;
        ObjectNode oms = changed(incoming.oms(), run.oms());
        boolean counts = judgedAnew || !bits.isEmpty() || incoming.oms().hasNonNull("end_time");
        if (!judgedAnew && bits.isEmpty() && (oms.isEmpty() || !counts)) {
            return Update.UNCHANGED;
        }
        if (!oms.isEmpty() || !rr.isEmpty()) {
            draft.setRun(number, oms, rr);
        }
        draft.setLumisections(online, Family.OMS, bits);
        draft.setLumisections(online, Family.RR, verdicts);
        return Update.CHANGED;
    }

    /** New values of rules are told from what rules said before; what people set does not make them new. */
    private static ObjectNode changedRr(ObjectNode incoming, Run run, Run automatic) {
        ObjectNode changes = changed(incoming, automatic.rr());
        changes.retain(changed(incoming, run.rr()).propertyNames());
        return run.isOpen() ? changed(incoming, automatic.rr()) : changes;
    }

    private static ObjectNode changed(ObjectNode now, ObjectNode before) {
        var changes = object();
        now.properties().forEach(p -> {
            if (!p.getValue().equals(before.get(p.getKey()))) {
                changes.set(p.getKey(), p.getValue());
            }
        });
        return changes;
    }

    /** @param values must hold the attribute, and nothing else is taken from it */
    public Run edit(Author author, int number, String attribute, ObjectNode values, @Nullable Long seen) {
        JsonNode value = values.get(attribute);
        if (value == null) {
            throw Refused.invalid("Requested to change " + attribute + " but no suitable data was supplied");
        }
        if (!EDITABLE.contains(attribute)) {
            throw Refused.invalid("The attribute " + attribute + " is not edited by hand");
        }
        if (!value.isString() && !value.isBoolean() || value.asString().length() > 10_000) {
            throw Refused.invalid("The value of " + attribute + " must be a text, or true or false");
        }
        String before = get(number).rr().path(attribute).asString("");
        String comment = "run " + number + " manual edit of attribute " + attribute + " from \"" + before + "\" to \""
                + value.asString() + "\"";
        ledger.record(author, comment, draft -> {
            Run run = draft.run(number).orElseThrow(Refused::noRun);
            Seen.require(seen, run.version(), "Run " + number);
            requireOpen(run, "edited");
            draft.setRun(number, (ObjectNode) object().set(attribute, value));
        });
        return get(number);
    }

    /** Judges its lumisections as well; both are done, or nothing. */
    public Run markSignificant(Author author, int number) {
        Run run = get(number);
        requireOpen(run, "marked significant");
        OmsSource.Report report = report(run);
        return ledger.together(() -> {
            ledger.record(author, "run " + number + " marked significant", draft -> {
                Run now = draft.run(number).orElseThrow(Refused::noRun);
                requireOpen(now, "marked significant");
                if (now.isSignificant()) {
                    throw Refused.conflict("Run is already significant");
                }
                draft.setRun(number, object().put("significant", true));
            });
            update(Author.automaticFor(author.name()), number, judge(get(number), report));
            return get(number);
        });
    }

    /** Judges the run anew from what the machine reports now; what people set stays. */
    public Run refresh(Author author, int number) {
        return refresh(author, number, false);
    }

    /** The same, and what people set before no longer counts. */
    public Run resetAndRefresh(Author author, int number) {
        return refresh(author, number, true);
    }

    private Run refresh(Author author, int number, boolean reset) {
        Run run = get(number);
        requireOpen(run, "refreshed");
        OmsSource.Report report = report(run);
        Author automatic = Author.automaticFor(author.name());
        ledger.record(automatic, "run " + number + (reset ? " reset and refresh" : " refresh"), draft -> {
            Run now = draft.run(number).orElseThrow(Refused::noRun);
            requireOpen(now, "refreshed");
            if (reset) {
                draft.reset(number);
            }
            if (now.isFlagged()) {
                draft.setRun(number, object().put(FLAG, false));
            }
            apply(draft, number, judge(now, report));
        });
        return get(number);
    }

    private OmsSource.Report report(Run run) {
        return oms.run(run.number())
                .orElseThrow(() -> Refused.conflict("The monitoring system does not know run " + run.number()));
    }

    private Incoming judge(Run run, OmsSource.Report report) {
        return OmsReading.read(
                report.attributes(),
                report.lumisections(),
                object(),
                configurations.current().rules(),
                run.isSignificant());
    }

    /** Moves a run to a state; signing it off makes the datasets that are to be certified next. */
    public Run move(Author author, int number, String to) {
        return move(author, number, to, null);
    }

    /**
     * The same by somebody who looked at the run and its verdicts before.
     *
     * @param seen the number of the latest event of the run or its own dataset then; null to move in any case
     */
    public Run move(Author author, int number, String to, @Nullable Long seen) {
        if (!STATES.contains(to)) {
            throw Refused.invalid("The final state must be one of OPEN, SIGNOFF, COMPLETED");
        }
        Configurations.Current configuration = configurations.current();
        ledger.record(author, "move state run " + number + " to state " + to, draft -> {
            Run run = draft.run(number).orElseThrow(Refused::noRun);
            Dataset online = draft.dataset(DatasetKey.online(number)).orElseThrow(Refused::noDataset);
            Seen.require(seen, Math.max(run.version(), online.version()), "Run " + number);
            if (run.state().equals(to)) {
                throw Refused.conflict("Run " + number + " is already in state " + to);
            }
            if (online.verdicts().isEmpty()) {
                throw Refused.conflict(
                        "There is no run lumisection data for run " + number + ", therefore it cannot be signed off");
            }
            if (!to.equals("OPEN")) {
                requireJudged(configuration.document(), online);
                if (run.runClass().isEmpty()) {
                    throw Refused.conflict("Run " + number + " has no class, therefore it cannot be signed off");
                }
            }
            draft.setRun(number, object().put("state", to));
            if (!to.equals("OPEN")) {
                createDatasets(run, online, configuration);
            }
        });
        return get(number);
    }

    private static void requireJudged(Configuration configuration, Dataset online) {
        for (String component : new TreeSet<>(configuration.certifiedComponents(Configuration.ONLINE))) {
            Lane lane = online.verdicts().lane(component);
            for (int[] stretch : Lanes.stretches(List.of(lane, online.verdicts().lane("")))) {
                JsonNode verdict = lane.at(stretch[0]);
                requireJudged(component, stretch[0], verdict == null ? Summary.EMPTY : Summary.status(verdict));
            }
            if (lane.last() < online.length()) {
                requireJudged(component, lane.last() + 1, Summary.EMPTY);
            }
        }
    }

    private static void requireJudged(String component, int lumisection, String status) {
        if (UNJUDGED.contains(status)) {
            throw Refused.conflict("There is a " + (status.isEmpty() ? "lumisection without status" : status)
                    + " lumisection at position " + lumisection + " of this run in component "
                    + component.substring(component.indexOf('-') + 1) + " (" + component
                    + "). Please change it before signing the run off");
        }
    }

    /** Each of them is a version of its own; those that exist keep their states. */
    private void createDatasets(Run run, Dataset online, Configurations.Current configuration) {
        Configuration document = configuration.document();
        for (Configuration.AcceptedDataset accepted : configuration.rules().accepted(run.runClass(), run.number())) {
            DatasetKey key = new DatasetKey(run.number(), accepted.name());
            if (states.dataset(key, States.NOW).filter(d -> !d.deleted()).isPresent()) {
                continue;
            }
            if (online.bits().last() != online.verdicts().last()) {
                throw Refused.conflict(
                        "Run " + run.number() + " has " + online.bits().last() + " lumisections of the machine but "
                                + online.verdicts().last() + " with verdicts");
            }
            ledger.record(
                    Author.AUTOMATIC,
                    "dataset " + accepted.name() + " creation after a run " + run.number() + " is signed off",
                    draft -> {
                        draft.setDataset(key, Datasets.waiting(document));
                        draft.setLumisections(
                                key,
                                Family.RR,
                                OmsReading.offlineVerdicts(
                                        configuration.rules(),
                                        run.oms(),
                                        run.rr(),
                                        online.bits(),
                                        online.verdicts(),
                                        online.length()));
                        draft.setLumisections(key, Family.OMS, online.bits());
                    });
        }
    }

    /** Takes a run and its datasets off every list; its history stays. */
    public void delete(Author author, int number, String reason) {
        ledger.record(author, "run " + number + " deleted: " + reason, draft -> {
            if (draft.run(number).isEmpty()) {
                throw Refused.noRun();
            }
            draft.deleteRun(number);
        });
    }

    static void requireOpen(Run run, String done) {
        if (!run.isOpen()) {
            throw Refused.conflict("Run must be in state OPEN to be " + done);
        }
    }

    Optional<Run> find(int number) {
        return states.run(number, States.NOW).filter(r -> !r.deleted());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
