package org.colonnade.calculators.supcrt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.colonnade.geochemistry.supcrt.Database;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.Reaction;
import org.colonnade.geochemistry.supcrt.ReactionParser;
import org.colonnade.geochemistry.supcrt.files.ConditionsFile;
import org.colonnade.geochemistry.supcrt.files.FileException;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.Tabulation;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.stereotype.Component;

/** Computes what the original program's own files ask for. */
@Component
class OriginalFiles {

    private static final Tabulation SATURATION =
            new Tabulation.Table(new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(0, 350, 25)));

    private final SupcrtService service;

    OriginalFiles(SupcrtService service) {
        this.service = service;
    }

    /**
     * @param rxn the reactions
     * @param con the states; empty for the saturation line from 0 to 350 °C
     * @throws ProblemException naming file and line, if one of them cannot be read or computed
     */
    Run run(Database database, Profile profile, byte[] rxn, byte[] con) {
        var parser = new ReactionParser(database);
        var reactions = new ArrayList<Reaction>();
        for (var entry : reactions(rxn)) {
            reactions.add(SupcrtService.reaction(parser, entry.title(), entry.text(), false));
        }
        return service.run(database.name(), tabulation(con), reactions, profile);
    }

    private static List<ReactionsFile.Entry> reactions(byte[] rxn) {
        try {
            return ReactionsFile.read(text(rxn));
        } catch (FileException e) {
            throw refused("rxn", e);
        }
    }

    private static Tabulation tabulation(byte[] con) {
        if (con.length == 0) {
            return SATURATION;
        }
        try {
            return ConditionsFile.read(text(con));
        } catch (FileException e) {
            throw refused("con", e);
        }
    }

    /** The program's files know one byte a letter. */
    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    private static ProblemException refused(String file, FileException e) {
        return ProblemException.of(
                ProblemType.UNPROCESSABLE,
                "The .%s file: %s".formatted(file, Objects.requireNonNullElse(e.getMessage(), "it cannot be read")));
    }

    /** The reactions of a run as the editor takes them. */
    static String typed(Run run) {
        return run.reactions().stream().map(Reaction::text).collect(Collectors.joining("\n\n"));
    }
}
