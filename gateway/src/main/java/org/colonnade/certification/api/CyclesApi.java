package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.cycle.Cycle;
import org.colonnade.certification.cycle.Cycles;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Batches of datasets that are certified together. Whoever names the version that he looked at as {@code seen} is refused if
 * somebody else was faster.
 */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification/cycles")
class CyclesApi {

    private static final String MANAGE = "cycle.manage";

    private final Cycles cycles;
    private final AsOf asOf;
    private final Rights rights;

    CyclesApi(Cycles cycles, AsOf asOf, Rights rights) {
        this.cycles = cycles;
        this.asOf = asOf;
        this.rights = rights;
    }

    /**
     * @param datasets as {@code 400001-/PromptReco/Collisions2026A/DQM}, with the time at which each was added
     * @param version that last changed it, which whoever acts on it names as seen
     */
    record CycleItem(
            int id,
            String name,
            Instant deadline,
            Map<String, String> states,
            Map<String, Instant> datasets,
            Instant createdAt,
            Instant updatedAt,
            long version) {

        static CycleItem of(Cycle cycle) {
            var datasets = new LinkedHashMap<String, Instant>();
            cycle.members().forEach((key, added) -> datasets.put(key.text(), added));
            return new CycleItem(
                    cycle.id(),
                    cycle.name(),
                    cycle.deadline(),
                    cycle.states(),
                    datasets,
                    cycle.createdAt(),
                    cycle.updatedAt(),
                    cycle.version());
        }
    }

    @GetMapping
    @Operation(summary = "Cycles of a workspace, the pending ones first, now or as they were")
    List<CycleItem> list(
            @RequestParam(defaultValue = Cycle.GLOBAL) String workspace,
            @RequestParam(name = "asOf") @Nullable String when) {
        return cycles.all(workspace, asOf.version(when)).stream()
                .map(CycleItem::of)
                .toList();
    }

    /** One dataset of a run. */
    record Key(@Nullable Integer run, @Nullable String name) {

        private static DatasetKey of(@Nullable Key key) {
            if (key == null || key.run() == null) {
                throw ProblemException.invalid("datasets", "each names a run and a dataset");
            }
            return new DatasetKey(key.run(), Given.text("name", key.name()));
        }

        private static List<DatasetKey> all(@Nullable List<@Nullable Key> keys) {
            if (keys == null || keys.isEmpty()) {
                throw ProblemException.invalid("datasets", "must be at least one");
            }
            return keys.stream().map(Key::of).distinct().toList();
        }
    }

    /** @param deadline such as {@code 2026-05-20T12:00:00Z} */
    record New(
            @Nullable String name,
            @Nullable String deadline,
            @Nullable List<@Nullable Key> datasets) {}

    @PostMapping
    @Operation(summary = "Makes a cycle, pending in every workspace")
    @ResponseStatus(HttpStatus.CREATED)
    CycleItem create(@RequestBody New wanted, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return CycleItem.of(cycles.create(
                author(visitor),
                Given.text("name", wanted.name()).strip(),
                deadline(wanted.deadline()),
                Key.all(wanted.datasets())));
    }

    /** What is not named stays as it is. */
    record Edit(
            @Nullable String name,
            @Nullable String deadline,
            @Nullable Long seen) {}

    @PutMapping("/{id}")
    @Operation(summary = "Gives a cycle another name or deadline")
    CycleItem edit(@PathVariable int id, @RequestBody Edit wanted, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return CycleItem.of(cycles.edit(
                author(visitor),
                id,
                wanted.name() == null ? null : wanted.name().strip(),
                wanted.deadline() == null ? null : deadline(wanted.deadline()),
                Map.of(),
                wanted.seen()));
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Takes a cycle off the lists; its history stays")
    CycleItem delete(@PathVariable int id, @RequestParam @Nullable Long seen, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return CycleItem.of(cycles.delete(author(visitor), id, seen));
    }

    record Members(
            @Nullable List<@Nullable Key> datasets,
            @Nullable Long seen) {}

    @PostMapping("/{id}/datasets")
    @Operation(summary = "Adds datasets to a cycle")
    CycleItem add(@PathVariable int id, @RequestBody Members wanted, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return CycleItem.of(cycles.add(author(visitor), id, Key.all(wanted.datasets()), wanted.seen()));
    }

    @DeleteMapping(value = "/{id}/datasets", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Takes datasets out of a cycle")
    CycleItem remove(@PathVariable int id, @RequestBody Members wanted, Visitor visitor) {
        rights.require(visitor, MANAGE, Cycle.GLOBAL);
        return CycleItem.of(cycles.remove(author(visitor), id, Key.all(wanted.datasets()), wanted.seen()));
    }

    /**
     * @param workspace absent for the whole
     * @param state completed or pending
     */
    record State(
            @Nullable String workspace,
            @Nullable String state,
            @Nullable Long seen) {}

    @PostMapping("/{id}/state")
    @Operation(summary = "Completes a cycle in a workspace, or makes it pending again")
    CycleItem state(@PathVariable int id, @RequestBody State wanted, Visitor visitor) {
        String workspace = wanted.workspace() == null ? Cycle.GLOBAL : wanted.workspace();
        rights.require(visitor, "cycle.complete", workspace);
        return CycleItem.of(
                switch (Given.text("state", wanted.state())) {
                    case Cycle.COMPLETED -> cycles.complete(author(visitor), id, workspace, wanted.seen());
                    case Cycle.PENDING -> cycles.reopen(author(visitor), id, workspace, wanted.seen());
                    default -> throw ProblemException.invalid("state", "must be completed or pending");
                });
    }

    /** @param seen the number of the latest event of the dataset or its run, as lists give it */
    record MemberMove(
            @Nullable Integer run,
            @Nullable String name,
            @Nullable String workspace,
            @Nullable String state,
            @Nullable Long seen) {}

    /** @param version of the dataset now */
    record Moved(int run, String name, String workspace, String state, long version) {}

    @PostMapping("/{id}/datasets/state")
    @Operation(summary = "Moves a dataset of a cycle to a state in one workspace")
    Moved move(@PathVariable int id, @RequestBody MemberMove wanted, Visitor visitor) {
        String workspace = wanted.workspace() == null ? Cycle.GLOBAL : wanted.workspace();
        rights.require(visitor, "cycle.move", workspace);
        String state = Given.text("state", wanted.state());
        Dataset moved = cycles.move(
                author(visitor), id, Key.of(new Key(wanted.run(), wanted.name())), workspace, state, wanted.seen());
        return new Moved(moved.key().run(), moved.key().name(), workspace, state, moved.version());
    }

    private static Instant deadline(@Nullable String text) {
        try {
            return Instant.parse(Given.text("deadline", text));
        } catch (DateTimeException e) {
            throw ProblemException.invalid("deadline", "must be a time such as 2026-05-20T12:00:00Z");
        }
    }

    private static Author author(Visitor visitor) {
        return Author.person(visitor.name());
    }
}
