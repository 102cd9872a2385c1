package org.colonnade.calculators.supcrt;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * SUPCRT thermodynamics.
 *
 * @param databases a folder of direct-access databases ({@code NAME.dat}) that the operator offers
 * @param maxDatabase the largest database that a user brings
 * @param maxReactions the most reactions in one request
 * @param maxPoints the most states times reactions in one request
 * @param retention how long a run of original files is kept
 * @param databaseRetention how long a person's database is kept after it was last used
 */
@ConfigurationProperties("colonnade.calculators.supcrt")
record SupcrtProperties(
        @Nullable Path databases,
        @DefaultValue("20MB") DataSize maxDatabase,
        @DefaultValue("3000") int maxReactions,
        @DefaultValue("2000000") int maxPoints,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("365d") Duration databaseRetention) {}
