package org.colonnade.execution.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectionSearchTest {

    private static final Protection NONE = new Protection(null, "bubblewrap is not installed");
    private static final Protection FULL = new Protection(new Bubblewrap("/usr/bin/bwrap", true), null);

    private Instant now = Instant.EPOCH;
    private Protection machine = NONE;
    private int looks;
    private ProtectionSearch search;

    @BeforeEach
    void start() throws Exception {
        search = new ProtectionSearch(
                () -> {
                    looks++;
                    return machine;
                },
                () -> now);
    }

    @Test
    void whatIsInstalledLaterIsNoticedWithoutARestart() {
        assertThat(search.now()).isEqualTo(NONE);
        // when
        machine = FULL;
        pass();
        // then
        assertThat(search.now()).isEqualTo(FULL);
    }

    @Test
    void aBusyPageDoesNotSearchEachTime() {
        for (int visit = 0; visit < 100; visit++) {
            search.now();
        }
        assertThat(looks).isOne();
        // and when
        pass();
        search.now();
        search.now();
        // then
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void whatWasFoundIsNotSearchedAgain() {
        machine = FULL;
        pass();
        search.now();
        // when
        pass();
        search.now();
        // then
        assertThat(looks).isEqualTo(2);
    }

    private void pass() {
        now = now.plus(ProtectionSearch.PAUSE).plus(Duration.ofMillis(1));
    }
}
