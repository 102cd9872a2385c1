package org.colonnade.calculators.supcrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.GridException;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionException;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.Tabulation;
import org.colonnade.jobs.Owner;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns requests into runs of the library, and the library's refusals into problems that say what to correct. */
@Component
class SupcrtService {

    private final SupcrtDatabases databases;
    private final SupcrtProperties properties;

    SupcrtService(SupcrtDatabases databases, SupcrtProperties properties) {
        this.databases = databases;
        this.properties = properties;
    }

    static final String DEFAULT_DATABASE = "colonnade";

    Database database(Owner owner, @Nullable String name) {
        return databases.find(owner, name == null || name.isBlank() ? DEFAULT_DATABASE : name);
    }

    static Profile profile(@Nullable String name) {
        return switch (name == null ? "compatible" : name.toLowerCase(Locale.ROOT)) {
            case "compatible" -> Profile.COMPATIBLE;
            case "consistent" -> Profile.CONSISTENT;
            default -> throw ProblemException.invalid("profile", "must be compatible or consistent");
        };
    }

    Run run(Owner owner, GridRequest request) {
        var database = database(owner, request.database());
        var texts = request.reactions();
        if (texts == null || texts.isEmpty()) {
            throw ProblemException.invalid("reactions", "must hold at least one reaction");
        }
        if (texts.size() > properties.maxReactions()) {
            throw ProblemException.invalid(
                    "reactions", "must hold at most %d reactions".formatted(properties.maxReactions()));
        }
        var parser = new ReactionParser(database);
        var reactions = new ArrayList<Reaction>();
        for (var each : texts) {
            var title = each == null || each.title() == null || each.title().isBlank()
                    ? "Reaction " + (reactions.size() + 1)
                    : each.title();
            var text = each == null || each.text() == null ? "" : each.text();
            reactions.add(reaction(parser, title, text, Boolean.TRUE.equals(request.allowUnbalanced())));
        }
        return run(database.name(), request.tabulation(), reactions, profile(request.profile()));
    }

    Run run(String database, Tabulation tabulation, List<Reaction> reactions, Profile profile) {
        try {
            long points = switch (tabulation) {
                case Tabulation.Table table -> table.grid().points().length;
                // A search evaluates some forty states for each point found.
                case Tabulation.Univariant u ->
                    40L
                            * u.isopleths().values(u.axes().isopleth(), Grid.MOST_VALUES).length
                            * u.logK().values("logK", Grid.MOST_VALUES).length;
            };
            if (points * reactions.size() > properties.maxPoints()) {
                throw ProblemException.of(
                        ProblemType.UNPROCESSABLE,
                        "%d points of %d reactions are more than the %d that one request may have"
                                .formatted(points, reactions.size(), properties.maxPoints()));
            }
            return Run.of(database, tabulation, reactions, profile);
        } catch (GridException e) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, Objects.requireNonNullElse(e.getMessage(), "The grid is wrong"));
        }
    }

    static Reaction reaction(ReactionParser parser, String title, String text, boolean allowUnbalanced) {
        try {
            return allowUnbalanced ? parser.parseUnbalanced(title, text) : parser.parse(title, text);
        } catch (ReactionException e) {
            throw ProblemException.of(
                    ProblemType.UNPROCESSABLE, Objects.requireNonNullElse(e.getMessage(), "The reaction is wrong"));
        }
    }
}
