package org.colonnade.certification.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.colonnade.certification.api.CertificationApi.RunView;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.Editing;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.golden.GoldenDifference;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Run;
import org.colonnade.certification.lumisection.Ranges;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What people do to a run and its datasets. Whoever names the version that he looked at as {@code seen} is refused if
 * somebody else was faster.
 */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification/runs/{run}")
class RunActsApi {

    private static final String EVERYWHERE = "global";

    private final Runs runs;
    private final Datasets datasets;
    private final Editing editing;
    private final Rights rights;

    RunActsApi(Runs runs, Datasets datasets, Editing editing, Rights rights) {
        this.runs = runs;
        this.datasets = datasets;
        this.editing = editing;
        this.rights = rights;
    }

    /** What is not named stays as it is. */
    record Attributes(
            @JsonProperty("class") @Nullable String runClass,
            @JsonProperty("stop_reason") @Nullable String stopReason,
            @JsonProperty("short_run") @Nullable Boolean shortRun,
            @Nullable Long seen) {}

    @PatchMapping
    @Operation(summary = "Edits attributes of a run by hand")
    RunView edit(@PathVariable int run, @RequestBody Attributes wanted, Visitor visitor) {
        var values = new LinkedHashMap<String, JsonNode>();
        if (wanted.runClass() != null) {
            values.put("class", JsonNodeFactory.instance.stringNode(wanted.runClass()));
        }
        if (wanted.stopReason() != null) {
            values.put("stop_reason", JsonNodeFactory.instance.stringNode(wanted.stopReason()));
        }
        if (wanted.shortRun() != null) {
            values.put("short_run", JsonNodeFactory.instance.booleanNode(wanted.shortRun()));
        }
        values.keySet().forEach(attribute -> rights.require(visitor, "run." + attribute, EVERYWHERE));
        if (values.isEmpty()) {
            rights.requireApproved(visitor);
            throw ProblemException.invalid("class", "or stop_reason or short_run must be given");
        }
        editing.attributes(author(visitor), run, values, wanted.seen());
        return view(runs.get(run));
    }

    /**
     * @param state OPEN, SIGNOFF or COMPLETED
     * @param seen the number of the latest event of the run or its own dataset, as lists give it
     */
    record Move(@Nullable String state, @Nullable Long seen) {}

    @PostMapping("/state")
    @Operation(summary = "Signs a run off, completes it, or opens it again")
    RunView move(@PathVariable int run, @RequestBody Move wanted, Visitor visitor) {
        rights.require(visitor, "run.move", EVERYWHERE);
        return view(runs.move(author(visitor), run, Given.text("state", wanted.state()), wanted.seen()));
    }

    @PostMapping("/significant")
    @Operation(summary = "Marks a run as worth certifying and judges its lumisections")
    RunView significant(@PathVariable int run, Visitor visitor) {
        rights.require(visitor, "run.significant", EVERYWHERE);
        return reachable(() -> runs.markSignificant(author(visitor), run));
    }

    @PostMapping("/refresh")
    @Operation(summary = "Judges a run anew from what the machine reports now; what people set stays")
    RunView refresh(@PathVariable int run, Visitor visitor) {
        rights.require(visitor, "run.refresh", EVERYWHERE);
        return reachable(() -> runs.refresh(author(visitor), run));
    }

    @PostMapping("/reset")
    @Operation(summary = "Judges a run anew; what people set before no longer counts")
    RunView reset(@PathVariable int run, Visitor visitor) {
        rights.require(visitor, "run.reset", EVERYWHERE);
        return reachable(() -> runs.resetAndRefresh(author(visitor), run));
    }

    /** @param version of the dataset now, to be named as seen by who goes on */
    record Changed(int run, String dataset, JsonNode attributes, long version) {}

    /**
     * @param dataset absent for the run's own
     * @param lumisections pairs of first and last, such as {@code [[1,3],[7,8]]}
     * @param status GOOD, BAD, STANDBY, EXCLUDED or NOTSET; BAD needs a comment
     */
    record Verdict(
            @Nullable String dataset,
            @Nullable List<@Nullable String> components,
            @Nullable JsonNode lumisections,
            @Nullable String status,
            @Nullable String comment,
            @Nullable String cause,
            @Nullable Long seen) {}

    @PostMapping("/verdicts")
    @Operation(summary = "Gives lumisections of components a verdict")
    Changed judge(@PathVariable int run, @RequestBody Verdict verdict, Visitor visitor) {
        List<String> components = verdict.components() == null
                ? List.of()
                : verdict.components().stream()
                        .map(component -> Given.text("components", component))
                        .toList();
        components.forEach(
                component -> rights.require(visitor, "lumisection.edit", Configuration.workspaceOf(component)));
        if (components.isEmpty()) {
            rights.requireApproved(visitor);
            throw ProblemException.invalid("components", "must be at least one, such as dt-dt");
        }
        DatasetKey key = key(run, verdict.dataset());
        editing.verdicts(
                author(visitor),
                key,
                components,
                ranges(run, verdict.lumisections()),
                Given.text("status", verdict.status()),
                text(verdict.comment()),
                text(verdict.cause()),
                verdict.seen());
        return changed(datasets.get(key));
    }

    /**
     * @param dataset absent for the run's own
     * @param bit such as {@code dtm_ready}
     * @param comment at least 3 characters
     */
    record Bit(
            @Nullable String dataset,
            @Nullable String bit,
            @Nullable JsonNode lumisections,
            @Nullable Boolean on,
            @Nullable String comment,
            @Nullable Long seen) {}

    @PostMapping("/bits")
    @Operation(summary = "Corrects a detector bit over lumisections")
    Changed bit(@PathVariable int run, @RequestBody Bit bit, Visitor visitor) {
        rights.require(visitor, "lumisection.edit-oms", EVERYWHERE);
        if (bit.on() == null) {
            throw ProblemException.invalid("on", "must be true or false");
        }
        DatasetKey key = key(run, bit.dataset());
        editing.bits(
                author(visitor),
                key,
                Given.text("bit", bit.bit()),
                ranges(run, bit.lumisections()),
                bit.on(),
                text(bit.comment()),
                bit.seen());
        return changed(datasets.get(key));
    }

    /**
     * @param workspace absent for the global one
     * @param seen the number of the latest event of the dataset or its run, as lists give it
     */
    record DatasetMove(
            @Nullable String dataset,
            @Nullable String workspace,
            @Nullable String state,
            @Nullable Long seen) {}

    @PostMapping("/datasets/state")
    @Operation(summary = "Moves a dataset of a run to a state in one workspace")
    Changed moveDataset(@PathVariable int run, @RequestBody DatasetMove wanted, Visitor visitor) {
        String workspace = wanted.workspace() == null ? EVERYWHERE : wanted.workspace();
        rights.require(visitor, "dataset.move", workspace);
        return changed(datasets.move(
                author(visitor),
                new DatasetKey(run, Given.text("dataset", wanted.dataset())),
                workspace,
                Given.text("state", wanted.state()),
                wanted.seen()));
    }

    private static RunView view(Run run) {
        return RunView.of(run, null);
    }

    private static Changed changed(Dataset dataset) {
        return new Changed(dataset.key().run(), dataset.key().name(), dataset.attributes(), dataset.version());
    }

    private static RunView reachable(Supplier<Run> act) {
        try {
            return view(act.get());
        } catch (OmsUnavailableException e) {
            throw ProblemException.of(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Ranges ranges(int run, @Nullable JsonNode lumisections) {
        if (lumisections == null || !lumisections.isArray() || lumisections.isEmpty()) {
            throw ProblemException.invalid("lumisections", "must be pairs of first and last such as [[1,3],[7,8]]");
        }
        return GoldenApi.understood(() -> GoldenDifference.ranges(Integer.toString(run), lumisections));
    }

    private static DatasetKey key(int run, @Nullable String dataset) {
        return new DatasetKey(run, dataset == null ? DatasetKey.ONLINE : dataset);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
