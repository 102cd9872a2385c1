package org.colonnade.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What runs in the database stands in one file. */
class FunctionsTest {

    private static final Pattern FUNCTION = Pattern.compile(
            "^create or replace function jobs\\.(\\w+)\\(.*?^as \\$\\$(.*?)^\\$\\$;$",
            Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void everyFunctionOfTheEngineRunsAsItStandsInTheFile() throws Exception {
        Map<String, String> written = new TreeMap<>();
        FUNCTION.matcher(Files.readString(Path.of("src/main/resources/db/migration/jobs/R__functions.sql")))
                .results()
                .forEach(function -> written.put(function.group(1), function.group(2)));
        Map<String, String> running = new TreeMap<>();
        try (var room = new JobsRoom()) {
            room.jdbc
                    .sql("select proname, prosrc from pg_proc where pronamespace = 'jobs'::regnamespace")
                    .query(row -> {
                        assertThat(running.put(row.getString(1), row.getString(2)))
                                .as("a second function " + row.getString(1))
                                .isNull();
                    });
        }
        assertThat(running).isNotEmpty().isEqualTo(written);
    }
}
