package org.colonnade.certification.golden;

import java.time.Duration;
import org.colonnade.certification.ledger.States;
import org.colonnade.certification.rule.Rule;
import org.colonnade.certification.rule.RuleException;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outcome;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Computes one golden JSON file. Doing it again replaces the result of an attempt whose end got lost. */
@Component
class GoldenHandler implements JobHandler {

    static final String KIND = "golden-json";

    private final GoldenRecords records;
    private final Golden golden;

    GoldenHandler(GoldenRecords records, Golden golden) {
        this.records = records;
        this.golden = golden;
    }

    @Override
    public JobKind kind() {
        return new JobKind(KIND, 5, 4, 2, 100, Duration.ofHours(1), Duration.ofDays(365));
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        int id = JsonMapper.shared().readTree(context.job().input()).path("id").asInt(0);
        GoldenRecords.Stored stored = records.find(id).orElse(null);
        if (stored == null) {
            return Outcome.failed("The request is no longer there");
        }
        context.progress(0, "Evaluating the rule");
        try {
            Rule rule = Rule.compile(stored.asked().rule());
            Golden.File file = golden.compute(
                    rule, stored.asked().names(), States.NOW, stored.asked().several());
            context.progress(0.9, "Adding up luminosity");
            double[] luminosity = records.luminosityOfRuns(file.firstRun(), file.lastRun());
            context.check();
            records.complete(id, file, luminosity[0], luminosity[1]);
        } catch (RuleException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
        return Outcome.completed(
                JsonNodeFactory.instance.objectNode().put("id", id).toString());
    }
}
