package org.colonnade.geochemistry.supcrt.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.Species;
import org.colonnade.geochemistry.supcrt.Species.Kind;

/** Reads and writes .rxn files: the reactions of a run, species by kind. */
public final class ReactionsFile {

    private static final int MOST_REACTIONS = 3000;
    private static final int NAME_FROM = 12;
    private static final int NAME_TO = 32;

    private ReactionsFile() {}

    /**
     * A reaction as the file has it, before its names are looked up.
     *
     * @param title as given
     * @param text lines of coefficient and name, as {@link org.colonnade.geochemistry.supcrt.ReactionParser} reads them
     */
    public record Entry(String title, String text) {}

    /**
     * @throws FileException if the file is cut or a line cannot be read
     */
    public static List<Entry> read(String file) throws FileException {
        var lines = new Lines(file);
        int count = count(lines);
        var entries = new ArrayList<Entry>();
        for (int r = 0; r < count; r++) {
            String title = lines.next("the title of reaction " + (r + 1));
            if (title.isBlank()) {
                title = lines.next("the title of reaction " + (r + 1));
            }
            var sizes = lines.integers(4, "nm, na, ng, nw of reaction " + (r + 1));
            int terms = sizes[0] + sizes[1] + sizes[2] + sizes[3];
            if (sizes[0] < 0 || sizes[1] < 0 || sizes[2] < 0 || sizes[3] < 0 || terms == 0 || terms > 1000) {
                throw new FileException(lines.number(), "the numbers of species are out of range");
            }
            var text = new StringBuilder();
            for (int i = 0; i < terms; i++) {
                text.append(term(lines, r + 1)).append('\n');
            }
            entries.add(new Entry(title.strip(), text.toString()));
        }
        return entries;
    }

    /** Skips the comment, whose length differs between programs, up to the line of two whole numbers. */
    private static int count(Lines lines) throws FileException {
        for (int i = 0; i < 60; i++) {
            var fields = lines.next("the number of reactions").strip().split("\\s+");
            if (fields.length == 2 && fields[0].matches("\\d{1,6}") && fields[1].matches("[01]")) {
                int count = Integer.parseInt(fields[0]);
                if (count < 1 || count > MOST_REACTIONS) {
                    throw new FileException(
                            lines.number(), "%d reactions; 1 to %d are allowed".formatted(count, MOST_REACTIONS));
                }
                return count;
            }
        }
        throw new FileException(lines.number(), "the number of reactions (nreac, iwet) is not where it should be");
    }

    private static String term(Lines lines, int reaction) throws FileException {
        var line = lines.next("a species of reaction " + reaction);
        var fields = line.strip().split("\\s+");
        if (fields.length < 2) {
            throw new FileException(lines.number(), "a coefficient and a name are expected");
        }
        double coefficient = lines.number(fields[0]);
        String name = fields[1];
        if (line.length() > NAME_FROM && line.substring(0, NAME_FROM).strip().equals(fields[0])) {
            var columns =
                    line.substring(NAME_FROM, Math.min(NAME_TO, line.length())).strip();
            name = columns.split("\\s+")[0];
        }
        return coefficient + " " + name;
    }

    /** The file of these reactions; coefficients keep all their digits. */
    public static String write(List<Reaction> reactions) {
        boolean water = reactions.stream().anyMatch(Reaction::needsWater);
        var text = new StringBuilder(HEADER);
        text.append(String.format(Locale.ROOT, "%3d %2d%n", reactions.size(), water ? 1 : 0));
        for (var reaction : reactions) {
            var minerals = of(reaction, Kind.MINERAL);
            var aqueous = of(reaction, Kind.AQUEOUS);
            var gases = of(reaction, Kind.GAS);
            var wet = of(reaction, Kind.WATER);
            text.append(String.format(Locale.ROOT, "%n %-80s%n", reaction.title()));
            text.append(String.format(
                    Locale.ROOT, " %3d %3d %3d %3d%n", minerals.size(), aqueous.size(), gases.size(), wet.size()));
            for (var terms : List.of(minerals, aqueous, gases, wet)) {
                for (var term : terms) {
                    var label = term.species().label();
                    text.append(String.format(
                            Locale.ROOT,
                            " %9s  %-20s  %-30s%n",
                            coefficient(term.coefficient()),
                            label.name(),
                            label.formula()));
                }
            }
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Terms of one kind; an electron is written as the half hydrogen it stands for by the caller. */
    private static List<Reaction.Term> of(Reaction reaction, Kind kind) {
        return withoutElectrons(reaction).stream()
                .filter(t -> t.species().kind() == kind)
                .toList();
    }

    /** The original knows no electron; half a mole of hydrogen has its properties. */
    static List<Reaction.Term> withoutElectrons(Reaction reaction) {
        var terms = new ArrayList<Reaction.Term>();
        for (var term : reaction.terms()) {
            terms.add(
                    term.species() instanceof Species.Electron electron
                            ? new Reaction.Term(term.coefficient() / 2, electron.hydrogen())
                            : term);
        }
        return Reaction.of(reaction.title(), terms).terms();
    }

    private static String coefficient(double value) {
        var three = String.format(Locale.ROOT, "%.3f", value);
        return Double.parseDouble(three) == value ? three : Double.toString(value);
    }

    private static final String HEADER = """
             Line 1:  nreac, iwet            (free format)
             Line 2:  [blank]                (free format)
             Line 3:  descriptive title      (a80)
             Line 4:  nm, na, ng, nw         (free format)
             nm Lines:  coeff  mname  mform  (1x,f9.3,2x,a20,2x,a30)
             na Lines:  coeff  aname  aform  (1x,f9.3,2x,a20,2x,a30)
             ng Lines:  coeff  gname  gform  (1x,f9.3,2x,a20,2x,a30)
             [1 Line:   coeff  H2O    H2O]   (1x,f9.3,2x,a20,2x,a30)

            *** each of the nreac reaction blocks
            *** contains 3+nm+ng+na+nw lines

            *******************************************************

            """;
}
