package org.colonnade.web.work;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRequest;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.RouteRecipe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A job with a file. */
@Configuration(proxyBeanMethods = false)
class JobRoutes {

    @Bean
    RouteRecipe jobRoutes(Jobs jobs, Artifacts artifacts) {
        return new RouteRecipe.Personal("/api/v1/jobs", Set.of("id", "file"), owner -> {
            JobId id = jobs.submit(
                    JobRequest.of(TrialHandler.KIND, owner.owner(), "Private", TrialHandler.input(1, true)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> jobs.find(id).orElseThrow().state() == JobState.COMPLETED);
            String file = artifacts.list("job:" + id).getFirst().id().toString();
            return Map.of("id", id.toString(), "file", file);
        });
    }
}
