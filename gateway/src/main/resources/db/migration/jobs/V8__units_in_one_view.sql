-- The units of fan-outs that have not ended, said once. Their numbers lie between the fan-out's own and that of its last unit, so the
-- queue's key finds them. One that ended may stay in the queue until its handler has cleaned up.
create view jobs.unit as
select p.number as fan_out, q.number, q.stage
from jobs.job p
join jobs.queue q on q.number > p.number and q.number <= p.last_unit and q.parent = p.number
where q.stage not in ('abandon', 'abandoning', 'abandon_delayed');

create or replace function jobs.units_left(p_parent bigint) returns bigint
    language sql stable
    set enable_seqscan = off
as $$
    select count(*) from jobs.unit where fan_out = p_parent;
$$;
