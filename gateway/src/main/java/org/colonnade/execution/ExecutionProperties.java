package org.colonnade.execution;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where commands may run.
 *
 * @param unsafe runs local commands without protection on a machine that cannot make a sandbox; such commands can then
 *     read, write and reach whatever the gateway can
 * @param places by kind of job: the names of the places where it may run, the default first. A kind that is not listed may
 *     run on this server, which is its default, and on every cluster that names the kind
 */
@ConfigurationProperties("colonnade.execution")
public record ExecutionProperties(
        @DefaultValue("false") boolean unsafe,
        @DefaultValue Local local,
        @DefaultValue Map<String, List<String>> places) {

    /**
     * This machine.
     *
     * @param folder in which each command gets a folder of its own
     * @param concurrent commands that run at once; 0 for one per processor core
     * @param firstUser the first of {@code concurrent} user ids that commands get when the gateway runs as root; no
     *     account of the machine may have them
     * @param watchInterval how often time, memory and folder of a running command are looked at
     */
    public record Local(
            @DefaultValue("data/work") Path folder,
            @DefaultValue("0") int concurrent,
            @DefaultValue("65000") int firstUser,
            @DefaultValue("250ms") Duration watchInterval) {

        public Local {
            if (concurrent == 0) {
                concurrent = Runtime.getRuntime().availableProcessors();
            }
            if (concurrent < 0 || concurrent > 500) {
                throw new IllegalArgumentException("colonnade.execution.local.concurrent must lie between 0 and 500");
            }
            if (watchInterval.toMillis() < 10 || watchInterval.toSeconds() > 2) {
                throw new IllegalArgumentException(
                        "colonnade.execution.local.watch-interval must lie between 10 ms and 2 s");
            }
        }
    }
}
