-- The units of a fan-out have numbers between its own and that of its last unit, so the queue's key finds them. An index of
-- its own was written again with every claim of a unit, and cost a quarter of a batch.
alter table jobs.job add column last_unit bigint;   -- of a fan-out: the highest number of a unit

update jobs.job p
set last_unit = (select max(u.number) from jobs.job u where u.parent = p.number)
where p.units is not null;

drop index jobs.queue_by_parent;

create or replace function jobs.units_left(p_parent bigint) returns bigint
    language sql stable
    set enable_seqscan = off
as $$
    -- A unit that ended may stay in the queue until its handler has cleaned up.
    select count(*)
    from jobs.job p
    join jobs.queue q on q.number > p.number and q.number <= p.last_unit and q.parent = p.number
    where p.number = p_parent and q.stage not in ('abandon', 'abandoning', 'abandon_delayed');
$$;
