package org.colonnade.geochemistry.supcrt.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.colonnade.geochemistry.InputException;
import org.colonnade.geochemistry.supcrt.Conditions;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Species;
import org.jspecify.annotations.Nullable;

/**
 * Which species of an element predominates over two variables at one temperature and pressure: Eh-pH diagrams (Garrels and
 * Christ, Solutions, Minerals, and Equilibria, 1965, chapter 7) and diagrams of activities and their ratios (Bowers,
 * Jackson and Helgeson, Equilibrium Activity Diagrams, 1984).
 *
 * <p>Each candidate i is formed from a reference species by a reaction that keeps one atom of the element, balanced with
 * H2O, H+, e- (or O2,g or H2,g where their fugacity is given) and one species for every other element. The one with the
 * largest affinity {@code A = log K + Σ ν log a - log a(i)/n(i)} predominates. A is linear in pH, Eh and logarithms of
 * activities, so fields are polygons and their corners exact. Activities of solids and of water are 1.
 *
 * <p>Immutable: each method that sets something gives a new object.
 */
public final class Predominance {

    /** C/mol. */
    public static final double FARADAY = 96485.33212;

    private static final String WATER = "H2O";
    private static final String PROTON = "H+";
    private static final String ELECTRON = "e-";
    private static final List<String> REDOX = List.of("O2,g", "H2,g");

    private final Database database;
    private final String element;
    private final Axis x;
    private final Axis y;
    private final Conditions state;
    private final Profile profile;
    private final double dissolved;
    private final double gases;
    private final List<String> candidates;
    private final Map<String, Double> fixed;
    private final List<Ligand> ligands;

    private Predominance(
            Database database,
            String element,
            Axis x,
            Axis y,
            Conditions state,
            Profile profile,
            double dissolved,
            double gases,
            List<String> candidates,
            Map<String, Double> fixed,
            List<Ligand> ligands) {
        this.database = database;
        this.element = element;
        this.x = x;
        this.y = y;
        this.state = state;
        this.profile = profile;
        this.dissolved = InputException.finite("dissolved", dissolved);
        this.gases = InputException.finite("gases", gases);
        this.candidates = List.copyOf(candidates);
        this.fixed = Map.copyOf(fixed);
        this.ligands = List.copyOf(ligands);
    }

    /**
     * A diagram with dissolved species of the element at an activity of 1e-6 and gases at 1 bar, all species of the database
     * that fit being candidates.
     *
     * @param state one state of water, e.g. {@code Conditions.atPressure(new double[] {25}, new double[] {1})}
     */
    public static Predominance of(Database database, String element, Axis x, Axis y, Conditions state) {
        if (element.equals("H") || element.equals("O")) {
            throw new InputException("element", element + " is in water; a diagram is drawn for another element");
        }
        if (state.size() != 1) {
            throw new InputException("state", "A diagram has one temperature and pressure, not " + state.size());
        }
        return new Predominance(
                database, element, x, y, state, Profile.COMPATIBLE, -6, 0, List.of(), Map.of(), List.of());
    }

    /** log10 of the activity of each dissolved candidate. */
    public Predominance dissolved(double logActivity) {
        return new Predominance(
                database, element, x, y, state, profile, logActivity, gases, candidates, fixed, ligands);
    }

    /** log10 of the fugacity (bar) of each gaseous candidate. */
    public Predominance gases(double logFugacity) {
        return new Predominance(
                database, element, x, y, state, profile, dissolved, logFugacity, candidates, fixed, ligands);
    }

    public Predominance profile(Profile other) {
        return new Predominance(database, element, x, y, state, other, dissolved, gases, candidates, fixed, ligands);
    }

    /** Only these species are compared; others are taken not to form. */
    public Predominance candidates(List<String> names) {
        return new Predominance(database, element, x, y, state, profile, dissolved, gases, names, fixed, ligands);
    }

    /** log10 of the activity (or fugacity) of a species that is neither drawn nor on an axis, e.g. H+ or H2O. */
    public Predominance fixed(String species, double logActivity) {
        var more = new LinkedHashMap<>(fixed);
        more.put(species, InputException.finite(species, logActivity));
        return new Predominance(database, element, x, y, state, profile, dissolved, gases, candidates, more, ligands);
    }

    /** Another element that takes part; see {@link Ligand}. */
    public Predominance ligand(Ligand ligand) {
        var more = new ArrayList<>(ligands);
        more.add(ligand);
        return new Predominance(database, element, x, y, state, profile, dissolved, gases, candidates, fixed, more);
    }

    /**
     * Computes the fields.
     *
     * @throws InputException if a species is unknown, or nothing can be drawn with what was given
     */
    public PredominanceDiagram draw() {
        var evaluation = new Evaluation(state, profile);
        var omitted = new TreeMap<String, String>();
        var pieces = new ArrayList<Piece>();
        pieces.add(new Piece(Polygons.box(x, y), Map.of()));
        for (var ligand : ligands) {
            split(pieces, ligand, evaluation);
        }
        var fields = new LinkedHashMap<Species, List<List<Point>>>();
        for (var piece : pieces) {
            var basis = basis(evaluation, piece.ligands());
            fields(piece.polygon(), rivals(basis, evaluation, omitted), fields);
        }
        if (fields.isEmpty()) {
            throw new InputException(
                    "element",
                    "No species of %s in the database %s can be formed from %s"
                            .formatted(
                                    element,
                                    database.name(),
                                    names(basis(evaluation, pieces.getFirst().ligands()))));
        }
        return new PredominanceDiagram(
                element,
                x,
                y,
                state.celsius(0),
                state.bar(0),
                fields.entrySet().stream()
                        .map(e -> new Field(e.getKey(), e.getValue()))
                        .toList(),
                water(evaluation),
                omitted);
    }

    /** A part of the box in which one species of each ligand predominates. */
    private record Piece(List<Point> polygon, Map<Species, Double> ligands) {}

    /** A candidate and its affinity over the diagram. */
    private record Rival(Species species, Basis.Plane affinity) {}

    private void split(List<Piece> pieces, Ligand ligand, Evaluation evaluation) {
        var own = new Predominance(
                database,
                ligand.element(),
                x,
                y,
                state,
                profile,
                ligand.logActivity(),
                ligand.logActivity(),
                ligand.species(),
                fixed,
                List.of());
        var rivals = own.rivals(own.basis(evaluation, Map.of()), evaluation, new TreeMap<>());
        var whole = List.copyOf(pieces);
        pieces.clear();
        for (var piece : whole) {
            var parts = new LinkedHashMap<Species, List<List<Point>>>();
            own.fields(piece.polygon(), rivals, parts);
            parts.forEach((species, polygons) -> {
                var with = new LinkedHashMap<>(piece.ligands());
                with.put(species, ligand.logActivity());
                polygons.forEach(p -> pieces.add(new Piece(p, with)));
            });
        }
        if (pieces.isEmpty()) {
            throw new InputException("ligand", "None of the species of %s can be compared".formatted(ligand.element()));
        }
    }

    private void fields(List<Point> within, List<Rival> rivals, Map<Species, List<List<Point>>> fields) {
        double smallest = 1e-12 * (x.to() - x.from()) * (y.to() - y.from());
        for (int i = 0; i < rivals.size(); i++) {
            var a = rivals.get(i).affinity();
            var polygon = within;
            for (int j = 0; j < rivals.size() && !polygon.isEmpty(); j++) {
                var d = a.plus(-1, rivals.get(j).affinity());
                boolean same = d.x() == 0 && d.y() == 0 && d.constant() == 0;
                // Of two species that are equal everywhere the first in the database is drawn.
                if (j != i && (!same || j < i)) {
                    polygon = Polygons.clip(polygon, same ? -1 : d.constant(), d.x(), d.y());
                }
            }
            if (!polygon.isEmpty() && Polygons.area(polygon) > smallest) {
                fields.computeIfAbsent(rivals.get(i).species(), s -> new ArrayList<>())
                        .add(polygon);
            }
        }
    }

    private List<Rival> rivals(Basis basis, Evaluation evaluation, Map<String, String> omitted) {
        var rivals = new ArrayList<Rival>();
        Species reference = null;
        for (var species : considered(basis)) {
            var composition = species.composition();
            double atoms = composition.elements().getOrDefault(element, 0.0);
            double gibbs = gibbs(species, evaluation);
            if (Double.isNaN(gibbs)) {
                omitted.put(species.name(), "has no Gibbs energy at this temperature and pressure");
                continue;
            }
            var from = reference == null ? species : reference;
            double fromAtoms = from.composition().elements().getOrDefault(element, 1.0);
            var moles = basis.difference(from.composition(), fromAtoms, composition, atoms);
            if (moles.isEmpty()) {
                omitted.put(species.name(), "cannot be balanced with " + names(basis));
                continue;
            }
            var affinity = affinity(basis, moles.get(), gibbs / atoms - gibbs(from, evaluation) / fromAtoms);
            if (affinity.isEmpty()) {
                omitted.put(species.name(), "needs the activity of " + missing(basis, moles.get()));
                continue;
            }
            reference = from;
            rivals.add(
                    new Rival(species, affinity.get().plus(-logActivity(species) / atoms, new Basis.Plane(1, 0, 0))));
        }
        return rivals;
    }

    private Optional<Basis.Plane> affinity(Basis basis, double[] moles, double gibbs) {
        double energy = gibbs;
        var sum = new Basis.Plane(0, 0, 0);
        for (int k = 0; k < moles.length; k++) {
            if (moles[k] != 0) {
                var part = basis.parts().get(k);
                var activity = part.activity();
                if (activity == null) {
                    return Optional.empty();
                }
                energy -= moles[k] * part.gibbs();
                sum = sum.plus(moles[k], activity);
            }
        }
        double logK = -energy / scale();
        return Optional.of(sum.plus(logK, new Basis.Plane(1, 0, 0)));
    }

    private static String missing(Basis basis, double[] moles) {
        for (int k = 0; k < moles.length; k++) {
            if (moles[k] != 0 && basis.parts().get(k).activity() == null) {
                return basis.parts().get(k).species().name();
            }
        }
        return "a species";
    }

    private double logActivity(Species species) {
        return switch (species.kind()) {
            case AQUEOUS -> dissolved;
            case GAS -> gases;
            case MINERAL, WATER, ELECTRON -> 0;
        };
    }

    private List<Species> considered(Basis basis) {
        if (!candidates.isEmpty()) {
            var named = new ArrayList<Species>();
            for (String name : candidates) {
                var species = species(name);
                if (!species.composition().elements().containsKey(element)) {
                    throw new InputException("candidates", "%s holds no %s".formatted(species.name(), element));
                }
                if (!basis.holds(species.composition(), element)) {
                    throw new InputException(
                            "candidates",
                            "%s holds an element that is neither drawn nor in %s"
                                    .formatted(species.name(), names(basis)));
                }
                named.add(species);
            }
            return named;
        }
        return database.species().stream()
                .filter(s -> s.hasData()
                        && s.composition().complete()
                        && s.composition().elements().containsKey(element)
                        && basis.holds(s.composition(), element))
                .toList();
    }

    private Basis basis(Evaluation evaluation, Map<Species, Double> predominant) {
        var activities = new LinkedHashMap<String, Basis.@Nullable Plane>();
        activities.put(WATER, new Basis.Plane(0, 0, 0));
        activities.put(PROTON, null);
        boolean electron = database.find(ELECTRON).isPresent()
                && REDOX.stream().noneMatch(gas -> fixed.containsKey(gas) || onAxis(gas));
        if (electron) {
            activities.put(ELECTRON, null);
        }
        fixed.forEach((name, value) -> activities.put(species(name).name(), new Basis.Plane(value, 0, 0)));
        place(activities, x, 1, 0);
        place(activities, y, 0, 1);
        ratio(activities, x, 1, 0);
        ratio(activities, y, 0, 1);
        var parts = new ArrayList<Basis.Part>();
        activities.forEach((name, plane) -> {
            var species = species(name);
            parts.add(new Basis.Part(species, known(species, evaluation), plane));
        });
        predominant.forEach((species, value) ->
                parts.add(new Basis.Part(species, known(species, evaluation), new Basis.Plane(value, 0, 0))));
        return new Basis(parts);
    }

    private boolean onAxis(String gas) {
        return List.of(x, y).stream()
                .anyMatch(a -> a.variable() instanceof Variable.LogActivity l
                        && l.species().equals(gas));
    }

    private void place(Map<String, Basis.@Nullable Plane> activities, Axis axis, double dx, double dy) {
        switch (axis.variable()) {
            case Variable.Ph ph -> activities.put(PROTON, new Basis.Plane(0, -dx, -dy));
            case Variable.Pe pe -> activities.put(ELECTRON, new Basis.Plane(0, -dx, -dy));
            case Variable.Eh eh -> {
                double pePerVolt = FARADAY / scale();
                activities.put(ELECTRON, new Basis.Plane(0, -dx * pePerVolt, -dy * pePerVolt));
            }
            case Variable.LogActivity activity ->
                activities.put(species(activity.species()).name(), new Basis.Plane(0, dx, dy));
            case Variable.LogRatio ratio -> {}
        }
    }

    /** log a(ion) = ratio + z log a(H+); where nobody gives a pH the ratio stands for the activity at pH 0. */
    private void ratio(Map<String, Basis.@Nullable Plane> activities, Axis axis, double dx, double dy) {
        if (axis.variable() instanceof Variable.LogRatio ratio) {
            var ion = species(ratio.species());
            var proton = activities.get(PROTON);
            if (proton == null) {
                proton = new Basis.Plane(0, 0, 0);
                activities.put(PROTON, proton);
            }
            activities.put(
                    ion.name(),
                    new Basis.Plane(0, dx, dy).plus(ion.composition().charge(), proton));
        }
    }

    /** Oxygen or hydrogen of 1 bar over water, as lines over pH. */
    private List<Line> water(Evaluation evaluation) {
        boolean volts = y.variable() instanceof Variable.Eh;
        var oxygen = database.find("O2,g");
        if (!(x.variable() instanceof Variable.Ph)
                || !(volts || y.variable() instanceof Variable.Pe)
                || database.find(ELECTRON).isEmpty()
                || oxygen.isEmpty()) {
            return List.of();
        }
        double perPe = volts ? scale() / FARADAY : 1;
        // O2 + 4 H+ + 4 e- = 2 H2O and 2 H+ + 2 e- = H2; the latter has log K = 0 at every temperature.
        double electrons = 4 * gibbs(species(ELECTRON), evaluation);
        double upper =
                -(2 * gibbs(species(WATER), evaluation) - gibbs(oxygen.get(), evaluation) - electrons) / scale() / 4;
        var lines = new ArrayList<Line>();
        line("O2/H2O", upper, perPe).ifPresent(lines::add);
        line("H2O/H2", 0, perPe).ifPresent(lines::add);
        return lines;
    }

    /** pe = constant - pH, cut to the box. */
    private Optional<Line> line(String name, double constant, double perPe) {
        double first = Math.max(x.from(), constant - y.to() / perPe);
        double last = Math.min(x.to(), constant - y.from() / perPe);
        return first < last
                ? Optional.of(new Line(
                        name, new Point(first, (constant - first) * perPe), new Point(last, (constant - last) * perPe)))
                : Optional.empty();
    }

    /** RT ln 10, J/mol. */
    private double scale() {
        return Evaluation.LN10 * Evaluation.GAS_CONSTANT * state.kelvin(0);
    }

    private double known(Species species, Evaluation evaluation) {
        double gibbs = gibbs(species, evaluation);
        if (Double.isNaN(gibbs)) {
            throw new InputException(
                    "state", "%s has no Gibbs energy at this temperature and pressure".formatted(species.name()));
        }
        return gibbs;
    }

    private static double gibbs(Species species, Evaluation evaluation) {
        return evaluation
                .table(Reaction.of(species.name(), List.of(new Reaction.Term(1, species))))
                .gibbs(0);
    }

    private Species species(String name) {
        return database.findIgnoringCase(name)
                .orElseThrow(() -> new InputException(
                        name,
                        "%s is not in the database %s; nearest are %s"
                                .formatted(name, database.name(), String.join(", ", database.nearest(name, 5)))));
    }

    private static String names(Basis basis) {
        return String.join(
                ", ", basis.parts().stream().map(p -> p.species().name()).toList());
    }
}
