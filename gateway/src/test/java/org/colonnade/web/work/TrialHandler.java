package org.colonnade.web.work;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobHandler;
import org.colonnade.jobs.JobKind;
import org.colonnade.jobs.Outcome;
import org.colonnade.storage.Artifacts;
import org.colonnade.web.JobPage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Work for tests of the pages about work: its input says how many lines it logs, and whether it then ends. */
@Component
class TrialHandler implements JobHandler {

    static final String KIND = "trial";

    private final Artifacts artifacts;

    TrialHandler(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** @param lines how many lines it logs @param end {@code true}, or it goes on until it is cancelled */
    static String input(int lines, boolean end) {
        return "{\"lines\": %d, \"end\": %s}".formatted(lines, end);
    }

    @Override
    public JobKind kind() {
        return JobKind.named(KIND);
    }

    @Override
    public Outcome run(JobContext context) throws Exception {
        String input = context.job().input();
        int lines = Integer.parseInt(input.replaceAll("\\D+", ""));
        for (int i = 1; i <= lines; i++) {
            context.log("line " + i + " of <b>" + lines + "</b>");
        }
        context.progress(0.5, "Half of it is done");
        while (input.contains("false")) {
            context.check();
            Thread.sleep(Duration.ofMillis(50));
        }
        byte[] content = "result\n".getBytes(StandardCharsets.UTF_8);
        artifacts.store(
                "job:" + context.job().id(), "out <i>.txt", "text/plain", new ByteArrayInputStream(content), 100);
        return Outcome.completed("{\"answer\": 42}");
    }

    @Configuration(proxyBeanMethods = false)
    static class Page {

        @Bean
        JobPage trialPage() {
            return new JobPage(KIND, "Trial", null, null);
        }
    }
}
