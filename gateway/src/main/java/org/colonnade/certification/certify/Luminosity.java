package org.colonnade.certification.certify;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.Family;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.lumisection.Lane;
import org.colonnade.certification.lumisection.Lanes;
import org.colonnade.certification.lumisection.Values;
import org.springframework.stereotype.Service;

/**
 * Takes over luminosity per lumisection as {@code brilcalc} writes it with {@code --byls}: comma-separated columns
 * run:fill, ls, time, beamstatus, E(GeV), delivered(/pb), recorded(/pb), avgpu, source. Lines that begin with # are
 * remarks.
 */
@Service
public class Luminosity {

    private static final int DELIVERED = 5;
    private static final int RECORDED = 6;

    private final Ledger ledger;

    Luminosity(Ledger ledger) {
        this.ledger = ledger;
    }

    /** How many runs got new values, and how many of those named are not known. */
    public record Result(int changed, int unchanged, int unknown) {}

    private record Lumi(double recorded, double delivered) {}

    /** Each run is one version; what is the same already makes none. */
    public Result take(Author author, Stream<String> lines) {
        int changed = 0;
        int unchanged = 0;
        int unknown = 0;
        for (Map.Entry<Integer, SortedMap<Integer, Lumi>> run : read(lines).entrySet()) {
            Optional<Boolean> written = take(author, run.getKey(), run.getValue());
            if (written.isEmpty()) {
                unknown++;
            } else if (written.get()) {
                changed++;
            } else {
                unchanged++;
            }
        }
        return new Result(changed, unchanged, unknown);
    }

    private Optional<Boolean> take(Author author, int run, SortedMap<Integer, Lumi> values) {
        return ledger.write(author, "luminosity of run " + run, draft -> {
            DatasetKey online = DatasetKey.online(run);
            Optional<Dataset> dataset = draft.dataset(online);
            if (dataset.isEmpty()) {
                return Optional.empty();
            }
            var recorded = new Lane.Builder();
            var delivered = new Lane.Builder();
            int length = dataset.get().bits().last();
            values.forEach((ls, lumi) -> {
                if (ls <= length) {
                    recorded.add(ls, ls, Values.number(lumi.recorded()));
                    delivered.add(ls, ls, Values.number(lumi.delivered()));
                }
            });
            Lanes lanes = Lanes.of(Map.of("recorded", recorded.build(), "delivered", delivered.build()))
                    .changesSince(dataset.get().bits());
            draft.setLumisections(online, Family.OMS, lanes);
            return Optional.of(!lanes.isEmpty());
        });
    }

    private static SortedMap<Integer, SortedMap<Integer, Lumi>> read(Stream<String> lines) {
        var runs = new TreeMap<Integer, SortedMap<Integer, Lumi>>();
        int[] number = {0};
        lines.forEachOrdered(line -> {
            number[0]++;
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            String[] cells = line.split(",", -1);
            try {
                int run = Integer.parseInt(cells[0].split(":", 2)[0].strip());
                int ls = Integer.parseInt(cells[1].split(":", 2)[0].strip());
                var lumi = new Lumi(
                        Double.parseDouble(cells[RECORDED].strip()), Double.parseDouble(cells[DELIVERED].strip()));
                if (ls < 1 || !Double.isFinite(lumi.recorded()) || !Double.isFinite(lumi.delivered())) {
                    throw new NumberFormatException();
                }
                runs.computeIfAbsent(run, key -> new TreeMap<>()).put(ls, lumi);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw Refused.invalid("Line " + number[0]
                        + " is not one of brilcalc: run:fill,ls,time,beamstatus,E(GeV),delivered(/pb),recorded(/pb)");
            }
        });
        return runs;
    }
}
