package org.colonnade.jobs;

/** States of the tables that only a fault can make. */
final class JobsRoomSql {

    private JobsRoomSql() {}

    /** A new job that the one registered gateway has claimed according to the database, but never heard of. */
    static JobId claimedByNobody(JobsRoom room, String kind, Owner owner) {
        return room.transaction.execute(status -> {
            JobId id = room.engine(JobsRoom.FAST, Kind.of(kind, context -> Outcome.completed("{}")))
                    .jobs()
                    .submit(JobRequest.of(kind, owner, "x", "{}"));
            room.jdbc
                    .sql("""
                    select count(*)
                    from jobs.gateway g
                    cross join lateral jobs.turn(g.number, g.name, '{}', '{}', '{}', array[:kind], array[null::integer],
                        array[0::bigint], 1) t
                    """)
                    .param("kind", kind)
                    .query((row, n) -> row.getLong(1))
                    .single();
            return id;
        });
    }
}
