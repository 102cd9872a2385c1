package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.colonnade.certification.certify.AsOf;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.listing.FilterException;
import org.colonnade.certification.listing.Listing;
import org.colonnade.certification.listing.Query;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs and datasets in lists, now or as they were at a version or time. */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification")
class ListsApi {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Listing listing;
    private final AsOf asOf;

    ListsApi(Listing listing, AsOf asOf) {
        this.listing = listing;
        this.asOf = asOf;
    }

    /**
     * @param count of all that match, on all pages
     * @param asOf the version; null for now
     */
    record Page<T>(long count, long pages, @Nullable Long asOf, List<T> items) {}

    /**
     * @param verdicts how many lumisections of each component of the run's own dataset have which status
     * @param version the number of the latest event of the run or its own dataset, which whoever acts on it names as seen
     * @param created when its own dataset was made
     */
    record RunItem(
            int run,
            JsonNode oms,
            JsonNode rr,
            JsonNode verdicts,
            long version,
            @Nullable String created) {

        private static RunItem of(Listing.RunRow row) {
            return new RunItem(
                    row.run(),
                    MAPPER.readTree(row.oms()),
                    MAPPER.readTree(row.rr()),
                    MAPPER.readTree(row.tripletSummary()),
                    row.seen(),
                    row.created());
        }
    }

    /**
     * @param verdicts how many lumisections of each component have which status; {@code bits} likewise
     * @param created when it was made
     */
    record DatasetItem(
            int run,
            String name,
            JsonNode attributes,
            JsonNode inGui,
            JsonNode rr,
            JsonNode verdicts,
            JsonNode bits,
            long version,
            @Nullable String created) {

        private static DatasetItem of(Listing.DatasetRow row) {
            return new DatasetItem(
                    row.key().run(),
                    row.key().name(),
                    MAPPER.readTree(row.attributes()),
                    MAPPER.readTree(row.inGui()),
                    MAPPER.readTree(row.rr()),
                    MAPPER.readTree(row.tripletSummary()),
                    MAPPER.readTree(row.dcsSummary()),
                    row.seen(),
                    row.created());
        }
    }

    /** @param filter as the Run Registry's paths take it, such as {@code {"rr_attributes.class":{"like":"%26"}}} */
    @GetMapping("/runs")
    @Operation(summary = "Runs that match a filter, in an order, now or as they were")
    Page<RunItem> runs(
            @RequestParam(defaultValue = "{}") String filter,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size,
            @RequestParam(name = "asOf") @Nullable String when) {
        return page(filter, sort, page, size, when, listing::runs, RunItem::of);
    }

    @GetMapping("/datasets")
    @Operation(summary = "Datasets that match a filter, in an order, now or as they were")
    Page<DatasetItem> datasets(
            @RequestParam(defaultValue = "{}") String filter,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size,
            @RequestParam(name = "asOf") @Nullable String when) {
        return page(filter, sort, page, size, when, listing::datasets, DatasetItem::of);
    }

    private <R, T> Page<T> page(
            String filter,
            String sort,
            int page,
            int size,
            @Nullable String when,
            BiFunction<Query, Long, Listing.Page<R>> find,
            Function<R, T> item) {
        long version = asOf.version(when);
        try {
            Listing.Page<R> found = find.apply(query(filter, sort, page, size), version);
            return new Page<>(
                    found.count(),
                    found.pages(),
                    version == States.NOW ? null : version,
                    found.rows().stream().map(item).toList());
        } catch (FilterException e) {
            throw ProblemException.invalid("filter", String.valueOf(e.getMessage()));
        }
    }

    /** @param sort columns with commas between them, falling where a minus stands before */
    private static Query query(String filter, String sort, int page, int size) {
        if (page < 0 || size < 1 || size > 1000) {
            throw ProblemException.invalid("size", "lies between 1 and 1000, and page counts from 0");
        }
        return new Query(
                page,
                size,
                Arrays.stream(sort.split(","))
                        .map(String::strip)
                        .filter(column -> !column.isEmpty())
                        .map(column -> column.startsWith("-")
                                ? new Query.Sorting(column.substring(1), true)
                                : new Query.Sorting(column, false))
                        .toList(),
                json(filter));
    }

    private static JsonNode json(String filter) {
        try {
            JsonNode read = MAPPER.readTree(filter);
            return read.isMissingNode() ? JsonNodeFactory.instance.objectNode() : read;
        } catch (JacksonException e) {
            throw ProblemException.invalid("filter", "is not JSON");
        }
    }
}
