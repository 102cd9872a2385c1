package org.colonnade.certification.demo;

import java.time.Instant;
import org.colonnade.certification.certify.OmsSource;

/**
 * A run of the invented campaign.
 *
 * @param end when the machine stopped it
 */
record DemoRun(int number, Kind kind, Instant end, OmsSource.Report report) {

    enum Kind {
        COLLISIONS,
        COSMICS,
        COMMISSIONING
    }
}
