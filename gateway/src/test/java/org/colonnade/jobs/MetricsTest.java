package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What Prometheus reads about the work. */
@GatewayTest
class MetricsTest {

    @Autowired
    private Jobs jobs;

    @LocalServerPort
    private int port;

    private String metrics() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void waitingAndRunningTimesAndQueueLengthsAreThereByKind() {
        // Its input makes no sense, so the run fails and is tried again.
        jobs.submit(JobRequest.of("phreeqc", new Owner("user:metrics"), "Nonsense", "{}"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metrics())
                        .containsPattern(
                                "colonnade_jobs_claim_latency_seconds_count\\{[^}]*kind=\"phreeqc\"[^}]*} [1-9]")
                        .containsPattern("colonnade_jobs_claim_latency_seconds_bucket\\{[^}]*kind=\"phreeqc\"")
                        .containsPattern("colonnade_jobs_run_seconds_count\\{[^}]*kind=\"phreeqc\",outcome=\"")
                        .containsPattern("colonnade_jobs\\{[^}]*kind=\"phreeqc\",[^}]*state=\"queued\"}"));
    }
}
