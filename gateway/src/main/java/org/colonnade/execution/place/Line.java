package org.colonnade.execution.place;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.colonnade.execution.Clusters.Stay;
import org.colonnade.execution.Limits;
import org.colonnade.execution.Step;
import org.colonnade.execution.admission.Admission;
import org.colonnade.jobs.JobContext;
import org.colonnade.jobs.JobId;
import org.jspecify.annotations.Nullable;

/** The line of those who wait for one place of limited capacity, and what each of them is told. */
public final class Line {

    private static final Duration RECHECK = Duration.ofSeconds(30);

    private final String place;
    private final Admission.Capacity capacity;
    private final Admission admission;
    private final Desk desk;

    public Line(String place, Admission.Capacity capacity, Admission admission, Desk desk) {
        this.place = place;
        this.capacity = capacity;
        this.admission = admission;
        this.desk = desk;
    }

    /** @return what a job is told that has to wait; empty once it may go */
    public Optional<Step> ask(JobContext context, Limits limits) {
        var job = context.job();
        return switch (admission.ask(place, job.id(), job.owner(), limits.cores(), capacity)) {
            case Admission.Admitted admitted -> Optional.empty();
            case Admission.Waits waits -> {
                endStays();
                yield Optional.of(new Step.Pending(why(waits), RECHECK));
            }
        };
    }

    private String why(Admission.Waits waits) {
        return waits.ownLimit()
                ? "You have %d jobs on %s, the most that one may have there at once"
                        .formatted(capacity.perOwner(), place)
                : "Number %d in the line for %s: %d jobs are there, the most at once is %d"
                        .formatted(waits.position(), place, waits.there(), capacity.jobs());
    }

    /** A gateway may have died before it could say that a job had left. */
    private void endStays() {
        there().stream().filter(desk::isOver).forEach(job -> admission.leave(place, job, null));
    }

    /**
     * Takes a job out and wakes those whose turn has come; idempotent.
     *
     * @param usage what it used there as JSON; null if that is not known
     */
    public void leave(JobId job, @Nullable String usage) {
        admission.leave(place, job, usage);
        admission.next(place, capacity).forEach(desk::wake);
    }

    /** Those who are at the place, over all gateways. */
    public List<JobId> there() {
        return admission.there(place);
    }

    public int waiting() {
        return admission.waiting(place);
    }

    /** See {@link org.colonnade.execution.Clusters#stays}. */
    public List<Stay> stays(int limit) {
        return admission.stays(place, limit);
    }

    public Admission.Capacity capacity() {
        return capacity;
    }
}
