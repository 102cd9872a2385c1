package org.colonnade.execution.admission;

import java.util.List;
import org.colonnade.execution.Clusters.Stay;
import org.colonnade.jobs.JobId;
import org.colonnade.jobs.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lets jobs into places of limited capacity, in a fair order. A cluster sees one account for all users, so its own fair share
 * cannot tell them apart: the gateway does. Next is the job of the owner with the fewest jobs there and the least core hours
 * used lately, first come first served within one owner; each hour of waiting counts like one job less.
 */
public interface Admission {

    /** Kept in the tables of this room, which all gateways share. */
    static Admission stored(JdbcClient jdbc, TransactionOperations transaction) {
        return new StoredAdmission(jdbc, transaction);
    }

    /**
     * How many may be at a place at once.
     *
     * @param jobs of everybody
     * @param perOwner of one owner
     */
    record Capacity(int jobs, int perOwner) {}

    /** What a job is told. */
    sealed interface Answer {}

    /** It may go, and may be told so again and again until it leaves. */
    record Admitted() implements Answer {}

    /**
     * @param position 1 for the next one
     * @param there how many are at the place now
     * @param ownLimit whether only the owner's own limit holds it back
     */
    record Waits(int position, int there, boolean ownLimit) implements Answer {}

    Answer ask(String place, JobId job, Owner owner, int cores, Capacity capacity);

    /**
     * Takes a job out, whether it was there or waited; idempotent.
     *
     * @param usage what it used there as JSON; null if that is not known
     */
    void leave(String place, JobId job, @Nullable String usage);

    /** Those who would be admitted if they asked now; to be woken. */
    List<JobId> next(String place, Capacity capacity);

    /** Those who are at the place, longest first. */
    List<JobId> there(String place);

    /** How many wait for the place. */
    int waiting(String place);

    /** Those who are there, then those who wait, then those who left last. */
    List<Stay> stays(String place, int limit);
}
