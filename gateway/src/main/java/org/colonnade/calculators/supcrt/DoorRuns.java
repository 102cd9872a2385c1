package org.colonnade.calculators.supcrt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.colonnade.geochemistry.supcrt.files.ConditionsFile;
import org.colonnade.geochemistry.supcrt.files.PlotFiles;
import org.colonnade.geochemistry.supcrt.files.ReactionsFile;
import org.colonnade.geochemistry.supcrt.files.Run;
import org.colonnade.geochemistry.supcrt.files.TableFile;
import org.colonnade.storage.Artifact;
import org.colonnade.storage.Artifacts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs as files: what the original program would have left in its folder. A run takes milliseconds, so it is computed
 * while its submission waits; its files are recorded in one transaction, so that a run exists whole or not at all.
 */
@Component
class DoorRuns {

    private static final String GROUP = "supcrt-run:";
    private static final long MOST_BYTES = 200_000_000;
    private static final String TEXT = "text/plain";

    private final Artifacts artifacts;
    private final TransactionTemplate transactions;

    DoorRuns(Artifacts artifacts, TransactionTemplate transactions) {
        this.artifacts = artifacts;
        this.transactions = transactions;
    }

    /** Keeps the files of a run; answers the id by which they are found. */
    String keep(Run run, String name, boolean plots, String log) {
        var files = new LinkedHashMap<String, String>();
        files.put(name + ".con", ConditionsFile.write(run.tabulation()));
        files.put(name + ".rxn", ReactionsFile.write(run.reactions()));
        Map<String, String> plotFiles = plots ? PlotFiles.write(run, name) : Map.of();
        files.put(
                name + ".out",
                TableFile.write(
                        run, name, plotFiles.keySet().stream().findFirst().orElse("")));
        files.putAll(plotFiles);
        files.put("run.log", log);
        var id = UUID.randomUUID().toString();
        transactions.executeWithoutResult(status -> files.forEach((file, content) -> {
            try {
                artifacts.store(
                        GROUP + id,
                        file,
                        TEXT,
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                        MOST_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        return id;
    }

    /** The files of a run; empty if there is none of that id. */
    List<Artifact> files(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? artifacts.list(GROUP + id) : List.of();
    }

    /** The first characters of a file, with a note if there are more. */
    String text(Artifact file, int most) {
        try (var content = artifacts.open(file, 0)) {
            var bytes = content.readNBytes(most);
            var text = new String(bytes, StandardCharsets.UTF_8);
            return file.size() > most
                    ? text
                            + "\n\n[...Output truncated. The file has %d bytes; download it to get all.]"
                                    .formatted(file.size())
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
