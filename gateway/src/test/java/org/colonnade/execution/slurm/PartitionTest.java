package org.colonnade.execution.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.colonnade.execution.Limits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionTest {

    private static final List<Partition> KEELING = Partition.fromSinfo("""
            PARTITION|AVAIL|TIMELIMIT|CPUS|MEMORY|NODES
            main*|up|1:00:00|2|4000|1
            main*|up|1:00:00|16+|64000+|4
            long|up|7-00:00:00|16|64000|2
            free|up|infinite|4|8000|1
            """);

    @ParameterizedTest
    @CsvSource({
        ", 60, 16, 64000, ",
        ", 61, 1, 100, '61 minutes asked, but its partition main allows 60'",
        ", 10, 17, 100, '17 cores asked, but a node of its partition main has 16'",
        ", 10, 2, 64001, '64001 MB of memory asked, but a node of its partition main has 64000'",
        "long, 10080, 16, 100, ",
        "free, 100000, 4, 8000, ",
        "free, 100000, 5, 8000, '5 cores asked, but a node of its partition free has 4'",
        "gone, 1, 1, 1, it has no partition gone"
    })
    void aJobIsRefusedWhereNoNodeCanTakeIt(
            @Nullable String partition, int minutes, int cores, int megabytes, @Nullable String objection) {
        var limits = new Limits(
                Duration.ofMinutes(minutes), Duration.ofMinutes(minutes), (long) megabytes << 20, 1, 0, 0, 0, cores);
        assertThat(Partition.objection(KEELING, partition, limits).orElse(null)).isEqualTo(objection);
    }

    @ParameterizedTest
    @CsvSource({", 1", "main, 1000"})
    void aClusterThatSaysNothingRefusesNothing(@Nullable String partition, int cores) {
        var limits = new Limits(Duration.ofDays(1), Duration.ofDays(1), 1L << 40, 1, 0, 0, 0, cores);
        assertThat(Partition.objection(List.of(), partition, limits)).isEmpty();
    }
}
