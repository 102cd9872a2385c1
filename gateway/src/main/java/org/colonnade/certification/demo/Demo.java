package org.colonnade.certification.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.colonnade.certification.configuration.Configuration;
import org.colonnade.certification.configuration.ConfigurationYaml;
import org.colonnade.certification.ledger.History;
import org.colonnade.certification.ledger.Ledger;
import org.colonnade.certification.ledger.Version;
import org.colonnade.certification.oms.OmsAddress;
import org.colonnade.certification.oms.OmsDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Fills an empty registry with invented data taking, and answers as its monitoring system from then on unless a real one
 * is configured. A registry that holds anything is left as it is.
 */
@Service
public class Demo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private final DemoStory story;
    private final Ledger ledger;
    private final History history;
    private final OmsAddress address;
    private final boolean wanted;
    private @Nullable OmsDouble oms;

    Demo(
            DemoStory story,
            Ledger ledger,
            History history,
            OmsAddress address,
            @Value("${colonnade.demo:false}") boolean wanted) {
        this.story = story;
        this.ledger = ledger;
        this.history = history;
        this.address = address;
        this.wanted = wanted;
    }

    /** @param versions how many acts were written; 0 if the registry was not empty */
    public record Loaded(boolean loaded, int runs, long versions) {}

    /** Whether nothing was ever written to the registry. */
    public boolean isPossible() {
        return history.latest() == 0;
    }

    /** Loads everything or nothing. Doing it again does nothing. */
    public Loaded load() {
        List<DemoRun> runs = DemoRuns.all();
        boolean written = ledger.together(() -> {
            if (!isPossible()) {
                return false;
            }
            story.tell(configuration(), runs);
            return true;
        });
        if (written) {
            answer();
            LOG.info("The demonstration was loaded: {} runs", runs.size());
        }
        return new Loaded(written, written ? runs.size() : 0, written ? history.latest() : 0);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (wanted && isPossible()) {
            Thread.ofVirtual().name("certification-demo").start(this::loadAtStart);
        } else if (isLoaded()) {
            answer();
        }
    }

    private void loadAtStart() {
        try {
            load();
        } catch (RuntimeException e) {
            LOG.error("The demonstration could not be loaded; the registry stays empty", e);
        }
    }

    private boolean isLoaded() {
        Optional<Version> first = history.first();
        return first.map(Version::comment).filter(DemoStory.MARK::equals).isPresent();
    }

    /** From now on questions about runs are answered from the invented ones. */
    private synchronized void answer() {
        if (oms != null || address.isConfigured()) {
            return;
        }
        try {
            OmsDouble started = OmsDouble.start();
            DemoRuns.all()
                    .forEach(run -> started.put(
                            run.number(),
                            run.report().attributes(),
                            run.report().lumisections()));
            oms = started;
            address.use(started.url());
        } catch (IOException e) {
            LOG.warn("The double of the monitoring system could not be started: {}", e.getMessage());
        }
    }

    private static Configuration configuration() {
        try (InputStream stream = Demo.class.getResourceAsStream("/certification/demo.yaml")) {
            return ConfigurationYaml.read(
                    new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (oms != null) {
            oms.close();
        }
    }
}
