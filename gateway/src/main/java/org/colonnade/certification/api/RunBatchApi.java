package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.BiConsumer;
import org.colonnade.certification.certify.Refusal;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.certify.Runs;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.listing.Listing;
import org.colonnade.identity.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * What people do to many runs, each by itself. They are named one by one, each with the version that was looked at as
 * {@code seen}, or by a filter as lists take it.
 */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification/runs/batch")
class RunBatchApi {

    private static final String EVERYWHERE = "global";

    private final Runs runs;
    private final Listing listing;
    private final Rights rights;

    RunBatchApi(Runs runs, Listing listing, Rights rights) {
        this.runs = runs;
        this.listing = listing;
        this.rights = rights;
    }

    /** @param seen the number of the latest event of the run or its own dataset, as lists give it */
    record ChosenRun(@Nullable Integer run, @Nullable Long seen) implements Chosen.Named<Integer> {

        @Override
        public @Nullable Integer key() {
            return run;
        }
    }

    /** @param refusal why it was not done; null where it was */
    record RunDone(int run, @Nullable String refusal) {}

    record ManyRuns(
            @Nullable List<@Nullable ChosenRun> runs,
            @Nullable JsonNode filter) {}

    /** @param state OPEN, SIGNOFF or COMPLETED */
    record MoveRuns(
            @Nullable List<@Nullable ChosenRun> runs,
            @Nullable JsonNode filter,
            @Nullable String state) {}

    @PostMapping("/state")
    @Operation(summary = "Signs many runs off, completes them, or opens them again, each by itself")
    List<RunDone> move(@RequestBody MoveRuns wanted, Visitor visitor) {
        rights.require(visitor, "run.move", EVERYWHERE);
        String state = Given.text("state", wanted.state());
        return each(wanted.runs(), wanted.filter(), (run, seen) -> runs.move(author(visitor), run, state, seen));
    }

    @PostMapping("/significant")
    @Operation(summary = "Marks many runs as worth certifying, each by itself")
    List<RunDone> significant(@RequestBody ManyRuns wanted, Visitor visitor) {
        rights.require(visitor, "run.significant", EVERYWHERE);
        return each(wanted.runs(), wanted.filter(), (run, seen) -> runs.markSignificant(author(visitor), run));
    }

    @PostMapping("/refresh")
    @Operation(summary = "Judges many runs anew from what the machine reports now, each by itself")
    List<RunDone> refresh(@RequestBody ManyRuns wanted, Visitor visitor) {
        rights.require(visitor, "run.refresh", EVERYWHERE);
        return each(wanted.runs(), wanted.filter(), (run, seen) -> runs.refresh(author(visitor), run));
    }

    private List<RunDone> each(
            @Nullable List<@Nullable ChosenRun> named,
            @Nullable JsonNode filter,
            BiConsumer<Integer, @Nullable Long> act) {
        Chosen<Integer> chosen = Chosen.of("run", named, filter, Runs.MOST_AT_ONCE, listing::runNumbers);
        return chosen.keys().stream()
                .map(run -> new RunDone(
                        run, Refusal.of(() -> act.accept(run, chosen.seen().get(run)))))
                .toList();
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
