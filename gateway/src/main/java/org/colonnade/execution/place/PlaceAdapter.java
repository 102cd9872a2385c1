package org.colonnade.execution.place;

import org.colonnade.execution.Command;
import org.colonnade.execution.Place;
import org.colonnade.execution.Step;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.Owner;

/**
 * One place where commands run. A bean of this type is enough to offer the place; the methods mean what they mean in
 * {@link org.colonnade.execution.Places}. Safe for any number of threads.
 */
public interface PlaceAdapter {

    /** How the place stands now; asked often, so it answers from memory. Its name never changes. */
    Place place();

    /** Whether jobs of this kind may run here. */
    boolean accepts(String jobKind);

    /** Whether commands run on the gateway's own machine, which is where they run if nobody says otherwise. */
    default boolean isThisServer() {
        return false;
    }

    /** Whether this owner's work is welcome here. */
    default boolean welcomes(Owner owner) {
        return true;
    }

    /** As {@link #place()}, in the words for this owner. */
    default Place placeFor(Owner owner) {
        return place();
    }

    Step advance(JobContext context, Command command) throws InterruptedException;

    void abandon(JobContext context) throws InterruptedException;

    void release(JobContext context) throws InterruptedException;
}
