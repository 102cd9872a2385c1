package org.colonnade.certification.dqm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.colonnade.certification.CertificationProperties;
import org.colonnade.certification.WithDemo;
import org.colonnade.certification.certify.Datasets;
import org.colonnade.certification.certify.OmsUnavailableException;
import org.colonnade.certification.certify.QualitySamples;
import org.colonnade.certification.demo.Demo;
import org.colonnade.certification.ledger.Dataset;
import org.colonnade.certification.ledger.DatasetKey;
import org.colonnade.certification.ledger.History;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The quality monitor, played by a small server, is asked for what it shows. */
@WithDemo
class QualityPollTest {

    private static final String PROMPT = "/PromptReco/Collisions2026A/DQM";

    @Autowired
    QualitySamples samples;

    @Autowired
    Datasets datasets;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Demo demo;

    private HttpServer server;
    private QualityPoll poll;
    private volatile int status = 200;
    private volatile String answer = "{\"samples\":[{\"items\":[]}]}";

    @BeforeEach
    void open() throws IOException {
        demo.load();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/samples", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var properties = new CertificationProperties(
                0,
                new CertificationProperties.Oms(
                        null, null, null, null, null, Duration.ZERO, Duration.ofSeconds(5), 5000),
                new CertificationProperties.QualityMonitor(
                        "http://localhost:" + server.getAddress().getPort() + "/samples?match=*.",
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        null,
                        null));
        poll = new QualityPoll(new QualityMonitor(properties), samples, jdbc);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static String shows(int run, String name) {
        return """
                {"samples":[{"type":"offline_data","items":[
                 {"type":"offline_data","run":"%d","dataset":"%s","version":"","importversion":1},
                 {"type":"offline_data","run":"%d","dataset":"/EGamma0/Run2026A-PromptReco-v1/DQMIO","importversion":1}]}]}
                """.formatted(run, name, run);
    }

    private DatasetKey waiting() {
        return jdbc.sql("""
                        select run_number from certification.dataset
                        where name = :name and not deleted and attributes @> '{"global_state":"waiting dqm gui"}'
                        order by run_number limit 1
                        """)
                .param("name", PROMPT)
                .query((rs, n) -> new DatasetKey(rs.getInt(1), PROMPT))
                .single();
    }

    @Test
    void whatAppearsIsOpenedOnceAndFurtherNamesAreNoted() {
        DatasetKey key = waiting();
        answer = shows(key.run(), "/ZeroBias/Run2026A-PromptReco-v1/DQMIO");
        assertThat(poll.tick()).hasValue(1);
        Dataset opened = datasets.get(key);
        assertThat(opened.attributes().path("global_state").stringValue()).isEqualTo("OPEN");
        assertThat(opened.inGui()).containsExactly("/ZeroBias/Run2026A-PromptReco-v1/DQMIO");
        long before = history.latest();
        assertThat(poll.tick()).hasValue(0);
        assertThat(history.latest()).isEqualTo(before);
        // an open dataset shown under a second name
        answer = shows(key.run(), "/ZeroBias/Run2026A-PromptReco-v2/DQMIO");
        assertThat(poll.tick()).hasValue(1);
        Dataset noted = datasets.get(key);
        assertThat(noted.inGui()).hasSize(2);
        assertThat(noted.attributes()).isEqualTo(opened.attributes());
    }

    @Test
    void whateverItAnswersNothingChangesAndTheNextLookGoesOn() {
        long before = history.latest();
        for (String wrong : new String[] {"<html>Sign in</html>", "{\"samples\":[{\"it", "{\"data\":[]}", "[]"}) {
            answer = wrong;
            assertThatThrownBy(poll::tick).as(wrong).isInstanceOf(OmsUnavailableException.class);
            assertThat(jdbc.sql("select failure from certification.quality_poll")
                            .query(String.class)
                            .single())
                    .contains("quality monitor");
        }
        status = 500;
        assertThatThrownBy(poll::tick).hasMessageContaining("500");
        status = 200;
        answer = "{\"samples\":[{\"items\":[]}]}";
        assertThat(poll.tick()).hasValue(0);
        assertThat(history.latest()).isEqualTo(before);
    }

    @Test
    void ofTwoGatewaysOneLooks() {
        jdbc.sql("update certification.quality_poll set lease_until = now() + interval '1 minute'")
                .update();
        assertThat(poll.tick()).isEmpty();
        jdbc.sql("update certification.quality_poll set lease_until = '-infinity'")
                .update();
        assertThat(poll.tick()).hasValue(0);
    }
}
