package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.JobState;
import org.colonnade.jobs.Jobs;
import org.colonnade.jobs.Owner;
import org.colonnade.notifications.Mailbox;
import org.colonnade.notifications.Notification;
import org.colonnade.testing.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@GatewayTest
class EndNoticeTest {

    @Autowired
    Engines engines;

    @Autowired
    Runs runs;

    @Autowired
    Jobs jobs;

    @Autowired
    Mailbox mailbox;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void phreeqcIsThere() {
        assumeTrue(engines.missing().isEmpty(), () -> engines.missing().orElse(""));
    }

    @Test
    void whoeverAskedForItHearsByMailHowARunEnded() {
        // given
        String address = UUID.randomUUID() + "@example.org";
        Owner owner = accountWith(address, true);
        // when
        JobId good = submit(owner, "SOLUTION 1\nEND\n", true);
        JobId bad = submit(owner, "SOLUTION 1\nEQUILIBRIUM_PHASES 1\n Kryptonite 0 1\nEND\n", true);
        JobId silent = submit(owner, "SOLUTION 1\n pH 8\nEND\n", false);
        ended(good, bad, silent);
        // then
        assertThat(mailsTo(address))
                .extracting(Notification::subject)
                .containsExactlyInAnyOrder("PHREEQC run “PHREEQC run” completed", "PHREEQC run “PHREEQC run” failed");
        assertThat(mailsTo(address))
                .allSatisfy(mail -> assertThat(mail.link())
                        .startsWith("http")
                        .containsAnyOf("/calculators/phreeqc/runs/" + good, "/calculators/phreeqc/runs/" + bad));
    }

    @Test
    void anAddressThatNobodyConfirmedGetsNoMail() {
        String address = UUID.randomUUID() + "@example.org";
        ended(submit(accountWith(address, false), "SOLUTION 1\nEND\n", true));
        assertThat(mailsTo(address)).isEmpty();
    }

    private Owner accountWith(String address, boolean confirmed) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into identity.account (id, name, email, email_verified_at, local, standing, fields)
                values (:id, 'Ada', :address, case when :confirmed then now() end, true, 'APPROVED', '{}')
                """)
                .param("id", id)
                .param("address", address)
                .param("confirmed", confirmed)
                .update();
        return new Owner("user:" + id);
    }

    private JobId submit(Owner owner, String input, boolean mail) {
        return runs.submit(
                owner,
                new Submission(input.getBytes(StandardCharsets.UTF_8), null, null, null, null, null, mail, null));
    }

    private void ended(JobId... ids) {
        for (JobId id : ids) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> jobs.find(id)
                            .map(Job::state)
                            .filter(JobState::isFinal)
                            .isPresent());
        }
    }

    private List<Notification> mailsTo(String address) {
        return mailbox.list(null, 200).stream()
                .map(Mailbox.Message::notification)
                .filter(notification -> notification.to().equals(new Notification.Mail(address)))
                .toList();
    }
}
