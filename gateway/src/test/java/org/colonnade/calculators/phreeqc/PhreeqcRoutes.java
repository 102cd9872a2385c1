package org.colonnade.calculators.phreeqc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** A run with its files, as one that ended would have them; also where PHREEQC is not installed. */
@Configuration(proxyBeanMethods = false)
class PhreeqcRoutes {

    private static final String TABLE = "pH\tCa\n7\t1e-3\n";

    @Bean
    RouteRecipe phreeqcRoutes(Jobs jobs, Artifacts artifacts, JsonMapper mapper) {
        return new RouteRecipe.Personal("/api/v1/calculators/phreeqc/runs", Set.of("id", "name"), owner -> {
            var input = new RunInput("phreeqc.dat", "0", null, false, "0", RunFiles.DEFAULT_OUTPUT, null, null);
            JobId id = jobs.submit(
                    JobRequest.of(PhreeqcHandler.KIND, owner.owner(), "Private", mapper.writeValueAsString(input)));
            jobs.cancel(id, "test", "not needed");
            Awaitility.await().until(() -> jobs.find(id).orElseThrow().state().isFinal());
            store(artifacts, RunFiles.inputGroup(id), RunFiles.INPUT, "SOLUTION 1\nEND\n");
            store(artifacts, RunFiles.resultGroup(id), RunFiles.DEFAULT_OUTPUT, "output\n");
            store(artifacts, RunFiles.resultGroup(id), "table.sel", TABLE);
            return Map.of("id", id.toString(), "name", "table.sel");
        });
    }

    private static void store(Artifacts artifacts, String group, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        artifacts.store(group, name, "text/plain", new ByteArrayInputStream(content), content.length);
    }
}
