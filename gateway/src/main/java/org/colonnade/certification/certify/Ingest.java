package org.colonnade.certification.certify;

import java.util.Optional;
import org.colonnade.certification.configuration.Configurations;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.ledger.Run;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes over what the monitoring system reports. Taking the same over twice changes nothing. */
@Service
public class Ingest {

    private final Runs runs;
    private final Configurations configurations;

    Ingest(Runs runs, Configurations configurations) {
        this.runs = runs;
        this.configurations = configurations;
    }

    public Runs.Update take(int number, OmsSource.Report report) {
        Optional<Run> known = runs.find(number);
        Incoming incoming = OmsReading.read(
                report.attributes(),
                report.lumisections(),
                JsonNodeFactory.instance.objectNode(),
                configurations.current().rules(),
                known.filter(Run::isSignificant).isPresent());
        return runs.ingest(Author.AUTOMATIC, number, incoming);
    }
}
