package org.colonnade.calculators.supcrt;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.colonnade.geochemistry.Reference;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionTable;
import org.colonnade.geochemistry.supcrt.Sources;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.jspecify.annotations.Nullable;

/** What the API answers. Energies in kJ/mol, entropies and heat capacities in J/(mol K), volumes in J/(mol bar). */
final class SupcrtAnswers {

    private SupcrtAnswers() {}

    @Schema(name = "SupcrtPoint")
    record Point(
            String reaction,
            String database,
            String profile,
            boolean balanced,
            List<String> notes,
            @JsonProperty("T_C") @Nullable Double celsius,
            @JsonProperty("P_bar") @Nullable Double bar,
            @JsonProperty("rho_gcc") @Nullable Double density,
            @Nullable Double logK,
            @JsonProperty("dG_kJ") @Nullable Double gibbs,
            @JsonProperty("dH_kJ") @Nullable Double enthalpy,
            @JsonProperty("dS_J_K") @Nullable Double entropy,
            @JsonProperty("dCp_J_K") @Nullable Double heatCapacity,
            @JsonProperty("dV_J_bar") @Nullable Double volume,
            String flag,
            List<String> references) {}

    @Schema(name = "SupcrtTable")
    record Table(
            String title,
            String reaction,
            boolean balanced,
            List<String> notes,
            List<@Nullable Double> logK,
            @JsonProperty("dG_kJ") List<@Nullable Double> gibbs,
            @JsonProperty("dH_kJ") List<@Nullable Double> enthalpy,
            @JsonProperty("dS_J_K") List<@Nullable Double> entropy,
            @JsonProperty("dCp_J_K") List<@Nullable Double> heatCapacity,
            @JsonProperty("dV_J_bar") List<@Nullable Double> volume,
            List<String> flag) {}

    @Schema(name = "SupcrtCurvePoint")
    record CurvePoint(
            double isopleth,
            double logK,

            @Schema(description = "temperature or pressure; null if the target is not met") @Nullable
            Double found,

            @Nullable Double lowestLogK,
            @Nullable Double highestLogK) {}

    @Schema(name = "SupcrtCurve")
    record Curve(String title, String reaction, List<CurvePoint> points) {}

    @Schema(name = "SupcrtGridAnswer")
    record Grid(
            String database,
            String profile,
            @JsonProperty("T_C") List<@Nullable Double> celsius,
            @JsonProperty("P_bar") List<@Nullable Double> bar,
            @JsonProperty("rho_gcc") List<@Nullable Double> density,
            List<Table> tables,
            List<Curve> curves) {}

    @Schema(name = "SupcrtBalance")
    record Balanced(
            String reaction,
            boolean balanced,

            @Schema(description = "products minus reactants, by element")
            Map<String, Double> elements,

            double charge,
            String sentence,

            @Schema(description = "the reaction completed with H2O, H+ and e-; null if these cannot balance it")
            @Nullable
            String completed) {}

    @Schema(name = "SupcrtSpecies")
    record SpeciesEntry(String name, String formula, String kind, double charge, String reference, boolean hasData) {}

    static SpeciesEntry species(Species s) {
        return new SpeciesEntry(
                s.name(),
                s.label().formula(),
                s.kind().name().toLowerCase(Locale.ROOT),
                s.composition().charge(),
                s.label().reference(),
                s.hasData());
    }

    static Point point(String database, ReactionTable table) {
        var at = table.conditions();
        return new Point(
                table.reaction().text(),
                database,
                table.profile().name().toLowerCase(Locale.ROOT),
                table.reaction().balance().isBalanced(),
                table.reaction().notes(),
                number(at.celsius(0)),
                number(at.bar(0)),
                number(at.density(0)),
                number(table.logK(0)),
                number(table.gibbs(0) / 1e3),
                number(table.enthalpy(0) / 1e3),
                number(table.entropy(0)),
                number(table.heatCapacity(0)),
                number(table.volume(0)),
                table.flag(0).name(),
                references(table.reaction()));
    }

    /** The publications behind a reaction's species, in full where the database knows them, else their codes. */
    private static List<String> references(Reaction reaction) {
        return reaction.terms().stream()
                .map(Reaction.Term::species)
                .flatMap(species -> Stream.concat(
                        Sources.of(species).stream().map(Reference::text), Stream.of(Sources.code(species))))
                .filter(source -> !source.isEmpty())
                .distinct()
                .toList();
    }

    static Grid grid(Run run, Profile profile) {
        var curves = new ArrayList<Curve>();
        for (int r = 0; r < run.curves().size(); r++) {
            var reaction = run.reactions().get(r);
            curves.add(new Curve(
                    reaction.title(),
                    reaction.text(),
                    run.curves().get(r).stream()
                            .map(p -> new CurvePoint(
                                    p.isopleth(),
                                    p.target(),
                                    number(p.found()),
                                    number(p.lowest()),
                                    number(p.highest())))
                            .toList()));
        }
        var name = profile.name().toLowerCase(Locale.ROOT);
        if (run.tables().isEmpty()) {
            return new Grid(run.database(), name, List.of(), List.of(), List.of(), List.of(), curves);
        }
        var at = run.tables().getFirst().conditions();
        return new Grid(
                run.database(),
                name,
                column(at.size(), at::celsius),
                column(at.size(), at::bar),
                column(at.size(), at::density),
                run.tables().stream().map(SupcrtAnswers::table).toList(),
                List.of());
    }

    private static Table table(ReactionTable t) {
        int n = t.size();
        return new Table(
                t.reaction().title(),
                t.reaction().text(),
                t.reaction().balance().isBalanced(),
                t.reaction().notes(),
                column(n, t::logK),
                column(n, i -> t.gibbs(i) / 1e3),
                column(n, i -> t.enthalpy(i) / 1e3),
                column(n, t::entropy),
                column(n, t::heatCapacity),
                column(n, t::volume),
                IntStream.range(0, n).mapToObj(i -> t.flag(i).name()).toList());
    }

    private static List<@Nullable Double> column(int size, IntToDoubleFunction values) {
        var column = new ArrayList<@Nullable Double>(size);
        for (int i = 0; i < size; i++) {
            column.add(number(values.applyAsDouble(i)));
        }
        return column;
    }

    /** JSON has no NaN. */
    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
