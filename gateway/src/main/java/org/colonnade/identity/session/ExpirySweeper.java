package org.colonnade.identity.session;

import org.colonnade.identity.setup.IdentityProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what ended by time and counts for nothing any more, so that signing in never has to. */
@Component
class ExpirySweeper {

    private final JdbcClient jdbc;
    private final IdentityProperties.Sessions limits;

    ExpirySweeper(JdbcClient jdbc, IdentityProperties properties) {
        this.jdbc = jdbc;
        this.limits = properties.sessions();
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void sweep() {
        jdbc.sql("""
                delete from identity.session
                where expires_at < now() or last_seen_at < now() - make_interval(secs => :idle)
                """).param("idle", limits.idle().toSeconds()).update();
        jdbc.sql("delete from identity.throttle where last_at < now() - interval '1 day'")
                .update();
    }
}
