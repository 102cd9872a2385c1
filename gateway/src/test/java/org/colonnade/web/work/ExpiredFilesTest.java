package org.colonnade.web.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobRemoved;
import org.colonnade.jobs.Owner;
import org.colonnade.storage.Artifacts;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** What is stored about a job goes with the job. */
@GatewayTest
class ExpiredFilesTest {

    @Autowired
    private Artifacts artifacts;

    @Autowired
    private ApplicationEventPublisher publisher;

    @Autowired
    private TransactionTemplate transaction;

    private JobId jobWithFiles() throws IOException {
        JobId id = JobId.random();
        for (String group : new String[] {"job:" + id, "phreeqc:" + id}) {
            byte[] content = group.getBytes(StandardCharsets.UTF_8);
            artifacts.store(group, "file.txt", "text/plain", new ByteArrayInputStream(content), 1_000);
        }
        return id;
    }

    private void remove(JobId id) {
        publisher.publishEvent(new JobRemoved(id, "phreeqc", new Owner("user:anna")));
    }

    @Test
    void theFilesOfARemovedJobAreDeletedAndThoseOfOthersAreNot() throws Exception {
        JobId old = jobWithFiles();
        JobId other = jobWithFiles();
        var content = artifacts.list("job:" + old).getFirst();
        transaction.executeWithoutResult(status -> remove(old));
        assertThat(artifacts.list("job:" + old)).isEmpty();
        assertThat(artifacts.list("phreeqc:" + old)).isEmpty();
        assertThatThrownBy(() -> artifacts.open(content, 0).readAllBytes()).isInstanceOf(IOException.class);
        assertThat(artifacts.list("job:" + other)).hasSize(1);
        assertThat(artifacts.list("phreeqc:" + other)).hasSize(1);
    }

    @Test
    void aRemovalThatIsTakenBackLeavesTheFiles() throws Exception {
        JobId id = jobWithFiles();
        transaction.executeWithoutResult(status -> {
            remove(id);
            status.setRollbackOnly();
        });
        assertThat(artifacts.list("job:" + id)).hasSize(1);
        try (var content = artifacts.open(artifacts.list("job:" + id).getFirst(), 0)) {
            assertThat(content.readAllBytes()).isEqualTo(("job:" + id).getBytes(StandardCharsets.UTF_8));
        }
    }
}
