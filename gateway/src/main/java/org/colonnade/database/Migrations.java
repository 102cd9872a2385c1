package org.colonnade.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Brings each room's tables up to date: {@code db/migration/<room>/} with a history of its own, so that rooms number their
 * migrations without asking one another.
 */
@Component
class Migrations implements FlywayMigrationStrategy {

    private static final Pattern ROOM = Pattern.compile(".*/db/migration/([a-z]+)/[^/]+");

    @Override
    public void migrate(Flyway flyway) {
        for (String room : rooms()) {
            // Spring Boot's own configuration is not copied for each: that takes longer than to look for migrations.
            Flyway.configure()
                    .dataSource(flyway.getConfiguration().getDataSource())
                    .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                    .locations("classpath:db/migration/" + room)
                    .table("flyway_schema_history_" + room)
                    // The other rooms' histories stand in the same schema.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        }
    }

    static List<String> rooms() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*/*.sql"))
                    .map(Migrations::address)
                    .map(ROOM::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Resource resource) {
        try {
            return resource.getURL().getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
