package org.colonnade.calculators.supcrt;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Grid.Axes;
import org.colonnade.geochemistry.supcrt.Grid.SaturationVariable;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.files.Tabulation;
import org.colonnade.web.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reactions and the states at which to compute them. */
@Schema(name = "SupcrtGridRequest")
record GridRequest(
        @Nullable @Schema(example = "colonnade") String database,

        @Nullable @Schema(example = "compatible", description = "compatible or consistent")
        String profile,

        @Nullable List<ReactionText> reactions,
        @Nullable GridText grid,

        @Nullable @Schema(description = "true computes reactions that are not balanced, and marks them")
        Boolean allowUnbalanced) {

    @Schema(name = "SupcrtReaction")
    record ReactionText(
            @Nullable @Schema(example = "Quartz") String title,

            @Nullable @Schema(example = "-1 QUARTZ; 1 SiO2,aq")
            String text) {}

    @Schema(name = "SupcrtRange")
    record RangeText(double min, double max, @Nullable Double increment) {
        Range range() {
            return new Range(min, max, increment == null ? 0 : increment);
        }
    }

    /**
     * @param kind isobars, isotherms, isochores, isothermsByDensity, saturation
     * @param univariant with isobars or isotherms: search the temperature or pressure of each log K
     */
    @Schema(name = "SupcrtGrid")
    record GridText(
            @Nullable
            @Schema(
                    example = "isobars",
                    description = "isobars, isotherms, isochores, isothermsByDensity or saturation")
            String kind,

            @Nullable RangeText isopleths,
            @Nullable RangeText steps,

            @Nullable @Schema(description = "pairs of isopleth variable and stepped variable instead of two ranges")
            List<List<Double>> pairs,

            @Nullable @Schema(description = "along the saturation line: temperature or pressure")
            String variable,

            @Nullable @Schema(description = "univariant curves: log K, searched between the ends of steps")
            RangeText logK) {}

    private static final List<String> KINDS =
            List.of("isobars", "isotherms", "isochores", "isothermsByDensity", "saturation");

    Tabulation tabulation() {
        var g = grid;
        if (g == null) {
            throw ProblemException.invalid("grid", "is missing");
        }
        var kind = g.kind() == null ? "" : g.kind();
        if (!KINDS.contains(kind)) {
            throw ProblemException.invalid("grid.kind", "must be one of " + String.join(", ", KINDS));
        }
        if (kind.equals("saturation")) {
            var variable = variable(g.variable());
            return new Tabulation.Table(
                    g.pairs() == null
                            ? new Grid.Saturation(variable, required(g.steps(), "grid.steps"))
                            : new Grid.SaturationList(
                                    variable,
                                    g.pairs().stream()
                                            .map(p -> numbers(p, 1)[0])
                                            .toList()));
        }
        var axes = switch (kind) {
            case "isobars" -> Axes.ISOBARS;
            case "isotherms" -> Axes.ISOTHERMS;
            case "isochores" -> Axes.ISOCHORES;
            default -> Axes.ISOTHERMS_BY_DENSITY;
        };
        if (g.pairs() != null) {
            return new Tabulation.Table(new Grid.Pairs(
                    axes, g.pairs().stream().map(p -> numbers(p, 2)).toList()));
        }
        var isopleths = required(g.isopleths(), "grid.isopleths");
        var steps = required(g.steps(), "grid.steps");
        if (g.logK() == null) {
            return new Tabulation.Table(new Grid.Uniform(axes, isopleths, steps));
        }
        if (axes.byDensity()) {
            throw ProblemException.invalid("grid.logK", "is searched on isobars or isotherms only");
        }
        return new Tabulation.Univariant(axes, isopleths, g.logK().range(), steps.min(), steps.max());
    }

    private static SaturationVariable variable(@Nullable String name) {
        var upper = name == null ? "TEMPERATURE" : name.toUpperCase(Locale.ROOT);
        if (!upper.equals("TEMPERATURE") && !upper.equals("PRESSURE")) {
            throw ProblemException.invalid("grid.variable", "must be temperature or pressure");
        }
        return SaturationVariable.valueOf(upper);
    }

    private static Range required(@Nullable RangeText range, String field) {
        if (range == null) {
            throw ProblemException.invalid(field, "is missing");
        }
        return range.range();
    }

    private static double[] numbers(@Nullable List<Double> pair, int count) {
        if (pair == null || pair.size() != count || pair.contains(null)) {
            throw ProblemException.invalid("grid.pairs", "must have " + count + " finite numbers each");
        }
        var numbers = pair.stream().mapToDouble(d -> d).toArray();
        for (double n : numbers) {
            if (!Double.isFinite(n)) {
                throw ProblemException.invalid("grid.pairs", "must have " + count + " finite numbers each");
            }
        }
        return numbers;
    }
}
