package org.colonnade.certification.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.colonnade.certification.certify.Luminosity;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.QualitySamples;
import org.colonnade.certification.certify.Rights;
import org.colonnade.certification.ledger.Author;
import org.colonnade.certification.oms.OmsPoll;
import org.colonnade.identity.Visitor;
import org.colonnade.web.ProblemException;
import org.colonnade.web.ProblemType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What other systems send, or what makes the registry ask them. All of it needs the right to ingest. */
@RestController
@Tag(name = "Certification", description = "Runs, verdicts, rules and golden JSON files, with their history")
@RequestMapping("/api/v1/certification")
class IngestApi {

    private final Luminosity luminosity;
    private final QualitySamples samples;
    private final OmsPoll poll;
    private final Rights rights;

    IngestApi(Luminosity luminosity, QualitySamples samples, OmsPoll poll, Rights rights) {
        this.luminosity = luminosity;
        this.samples = samples;
        this.poll = poll;
        this.rights = rights;
    }

    /** A file of {@code brilcalc lumi --byls}. */
    @PostMapping(value = "/luminosity", consumes = "text/csv")
    @Operation(summary = "Takes luminosities per lumisection as CSV")
    Luminosity.Result luminosity(@RequestBody String csv, Visitor visitor) {
        rights.require(visitor, "ingest", "global");
        return luminosity.take(Author.automaticFor(visitor.name()), csv.lines());
    }

    /** How many datasets the list changed. */
    record Appeared(int datasets) {}

    /** The quality monitor's list of samples, as it answers it. */
    @PostMapping("/quality-monitor")
    @Operation(summary = "Takes the quality monitor's list of samples")
    Appeared appeared(@RequestBody JsonNode list, Visitor visitor) {
        rights.require(visitor, "ingest", "global");
        return new Appeared(samples.take(list));
    }

    /** Looks for changed runs at once. */
    @PostMapping("/oms/poll")
    @Operation(summary = "Asks the machine for news at once")
    OmsPoll.Tick poll(Visitor visitor) {
        rights.require(visitor, "ingest", "global");
        try {
            return poll.tick()
                    .orElseThrow(
                            () -> ProblemException.of(ProblemType.CONFLICT, "Another gateway is looking right now"));
        } catch (OmsUnavailableException e) {
            throw ProblemException.of(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
