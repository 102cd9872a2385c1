package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.colonnade.certification.certify.Batches;
import org.colonnade.certification.certify.Choice;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Refusal;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.listing.Listing;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people do to many datasets at once. They are named one by one, each with the version that was looked at as
 * {@code seen}, or by a filter as lists take it, which leaves out the runs' own. Moving in a workspace does or refuses each
 * by itself; everything else is one version, all or nothing.
 */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification/datasets/batch")
class DatasetBatchApi {

    private static final String EVERYWHERE = "global";

    private final Batches batches;
    private final Datasets datasets;
    private final Listing listing;
    private final Rights rights;

    DatasetBatchApi(Batches batches, Datasets datasets, Listing listing, Rights rights) {
        this.batches = batches;
        this.datasets = datasets;
        this.listing = listing;
        this.rights = rights;
    }

    /** @param seen the number of the latest event of the dataset or its run, as lists give it */
    record ChosenDataset(
            @Nullable Integer run,
            @Nullable String name,
            @Nullable Long seen) implements Chosen.Named<DatasetKey> {

        @Override
        public @Nullable DatasetKey key() {
            return run == null || name == null || name.isBlank() ? null : new DatasetKey(run, name);
        }
    }

    /**
     * @param written whether something was said about it; false if there was nothing to say, or it was refused
     * @param refusal why it was not done; null where it was
     */
    record DatasetDone(
            int run, String name, boolean written, @Nullable String refusal) {}

    /** @param workspace absent for the global one */
    record MoveDatasets(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable String workspace,
            @Nullable String state) {}

    @PostMapping("/state")
    @Operation(summary = "Moves many datasets to a state in one workspace, each by itself")
    List<DatasetDone> move(@RequestBody MoveDatasets wanted, Visitor visitor) {
        String workspace = wanted.workspace() == null ? EVERYWHERE : wanted.workspace();
        rights.require(visitor, "dataset.move", workspace);
        String state = Given.text("state", wanted.state());
        Choice choice = choice(wanted.datasets(), wanted.filter());
        var done = new ArrayList<DatasetDone>();
        for (DatasetKey key : choice.keys()) {
            String refusal = Refusal.of(() -> datasets.move(
                    author(visitor), key, workspace, state, choice.seen().get(key)));
            done.add(new DatasetDone(key.run(), key.name(), refusal == null, refusal));
        }
        return done;
    }

    record MoveEverywhere(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable String state) {}

    @PostMapping("/state-everywhere")
    @Operation(summary = "Moves many datasets to a state in every workspace in which they have one")
    List<DatasetDone> moveEverywhere(@RequestBody MoveEverywhere wanted, Visitor visitor) {
        rights.require(visitor, "dataset.move-everywhere", EVERYWHERE);
        Choice choice = choice(wanted.datasets(), wanted.filter());
        return done(choice, batches.moveEverywhere(author(visitor), choice, Given.text("state", wanted.state())));
    }

    /** @param reason at least 3 characters */
    record HideDatasets(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable String reason) {}

    @PostMapping("/hide")
    @Operation(summary = "Takes many datasets off every list; their history stays")
    List<DatasetDone> hide(@RequestBody HideDatasets wanted, Visitor visitor) {
        rights.require(visitor, "dataset.hide", EVERYWHERE);
        String reason = Given.text("reason", wanted.reason()).strip();
        if (reason.length() < 3) {
            throw ProblemException.invalid("reason", "must be at least 3 characters");
        }
        Choice choice = choice(wanted.datasets(), wanted.filter());
        datasets.hide(author(visitor), choice, reason);
        return done(choice, choice.keys());
    }

    /**
     * @param components such as {@code dt-dt}
     * @param status GOOD, BAD, STANDBY, EXCLUDED or NOTSET
     */
    record SetStatus(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable List<@Nullable String> components,
            @Nullable String status) {}

    @PostMapping("/status")
    @Operation(summary = "Sets the status of whole components of many datasets; comments and causes stay")
    List<DatasetDone> status(@RequestBody SetStatus wanted, Visitor visitor) {
        List<String> components = components(wanted.components(), visitor);
        Choice choice = choice(wanted.datasets(), wanted.filter());
        String status = Given.text("status", wanted.status());
        return done(choice, batches.setStatus(author(visitor), choice, components, status));
    }

    /**
     * @param datasets of one name, which get the verdicts
     * @param source the name of the datasets of the same runs that have them
     */
    record CopyVerdicts(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable List<@Nullable String> components,
            @Nullable String source) {}

    @PostMapping("/copy")
    @Operation(summary = "Gives many datasets the verdicts on components that another dataset of the same run has")
    List<DatasetDone> copy(@RequestBody CopyVerdicts wanted, Visitor visitor) {
        List<String> components = components(wanted.components(), visitor);
        Choice choice = choice(wanted.datasets(), wanted.filter());
        String source = Given.text("source", wanted.source());
        return done(choice, batches.copyInto(author(visitor), choice, source, components));
    }

    /**
     * @param workspaces in which the new datasets are certified, beside the global one
     * @param target name of the new datasets, such as {@code /PromptReco/Collisions2026A/DQM}
     */
    record DuplicateDatasets(
            @Nullable List<@Nullable ChosenDataset> datasets,
            @Nullable JsonNode filter,
            @Nullable List<@Nullable String> workspaces,
            @Nullable String target) {}

    @PostMapping("/duplicate")
    @Operation(summary = "Makes datasets of another name with the verdicts and bits that many have now")
    List<DatasetDone> duplicate(@RequestBody DuplicateDatasets wanted, Visitor visitor) {
        Set<String> workspaces = new LinkedHashSet<>(Set.of(EVERYWHERE));
        if (wanted.workspaces() != null) {
            wanted.workspaces().forEach(workspace -> workspaces.add(Given.text("workspaces", workspace)));
        }
        workspaces.forEach(workspace -> rights.require(visitor, "dataset.duplicate", workspace));
        String target = Given.text("target", wanted.target());
        Choice choice = choice(wanted.datasets(), wanted.filter());
        return batches.duplicate(author(visitor), choice, target, workspaces).stream()
                .map(made -> new DatasetDone(made.run(), made.name(), true, null))
                .toList();
    }

    private List<String> components(@Nullable List<@Nullable String> named, Visitor visitor) {
        List<String> components = named == null
                ? List.of()
                : named.stream()
                        .map(component -> Given.text("components", component))
                        .toList();
        components.forEach(component -> rights.require(visitor, "dataset.batch", Configuration.workspaceOf(component)));
        if (components.isEmpty()) {
            rights.requireApproved(visitor);
            throw ProblemException.invalid("components", "must be at least one, such as dt-dt");
        }
        return components;
    }

    private Choice choice(@Nullable List<@Nullable ChosenDataset> named, @Nullable JsonNode filter) {
        Chosen<DatasetKey> chosen = Chosen.of("dataset", named, filter, Choice.MOST, this::matching);
        return new Choice(chosen.keys(), chosen.seen());
    }

    private List<DatasetKey> matching(JsonNode filter, int limit) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.putArray("and").add(Listing.withoutOnline()).add(filter);
        return listing.datasetKeys(both, limit);
    }

    private static List<DatasetDone> done(Choice choice, Collection<DatasetKey> written) {
        Set<DatasetKey> some = Set.copyOf(written);
        return choice.keys().stream()
                .map(key -> new DatasetDone(key.run(), key.name(), some.contains(key), null))
                .toList();
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
