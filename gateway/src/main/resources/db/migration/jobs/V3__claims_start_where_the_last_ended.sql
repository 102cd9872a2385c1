-- A claim may begin where the last one ended, instead of walking over the entries of everything claimed since the last vacuum.
drop function jobs.claim(bigint, text, text[], integer[], integer);

-- Claims up to p_want jobs for a gateway, fairest first. p_floors says for each kind from which virtual time on to look;
-- it is a hint that a caller drops now and then, because a job may come to stand below it. The settings make every plan
-- walk an index, also one that was made while the table was empty.
create function jobs.claim(
    p_gateway bigint, p_who text, p_kinds text[], p_max_running integer[], p_floors bigint[], p_want integer)
returns table (
    number bigint, vtime bigint, claim integer, attempt integer, max_attempts integer, stage jobs.stage,
    since timestamptz, started_at timestamptz, waiting_since timestamptz, id uuid, parent uuid,
    submitted_at timestamptz, priority smallint, kind text, owner text, title text, input text)
    language plpgsql volatile
    set enable_seqscan = off
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    v_rooms integer[] := p_max_running;
    v_numbers bigint[];
    v_sinces timestamptz[];
    v_vtime bigint;
begin
    for i in 1 .. cardinality(p_kinds) loop
        if p_max_running[i] is null then
            v_rooms[i] := p_want;
        else
            -- Two gateways must not both take the last place.
            perform pg_advisory_xact_lock(hashtextextended('jobs.kind ' || p_kinds[i], 0));
            v_rooms[i] := greatest(0, least(p_want, p_max_running[i] - (
                select count(*)
                from jobs.queue q
                where q.kind = p_kinds[i] and q.stage in ('running', 'checking', 'abandoning'))::integer));
        end if;
    end loop;
    select array_agg(p.number), array_agg(p.since), max(p.vtime) into v_numbers, v_sinces, v_vtime
    from (
        select q.number, q.vtime, q.since
        from unnest(p_kinds, v_rooms, p_floors) as k (kind, room, floor)
        cross join lateral (
            select t.number, t.vtime, t.since
            from jobs.queue t
            where t.kind = k.kind and t.vtime >= k.floor and t.stage in ('ready', 'recheck', 'abandon')
            order by t.kind, t.vtime, t.number
            limit k.room
            for update skip locked) q
        order by q.vtime, q.number
        limit p_want) p;
    if v_numbers is null then
        return;
    end if;
    -- Not at every step: a newcomer then stands a few places too early, and a single claim writes less.
    if v_vtime > (select last_value from jobs.virtual_time) + 8 then
        perform setval('jobs.virtual_time', v_vtime);
    end if;
    if exists (select from jobs.queue q where q.stage = 'ready' and q.priority > 0) then
        -- One by one: two places of an owner must not go to the same urgent job.
        for i in 1 .. cardinality(v_numbers) loop
            v_numbers[i] := jobs.urge(v_numbers[i], v_numbers);
        end loop;
    end if;
    return query
    with claimed as (
        update jobs.queue q
        set stage = case q.stage
                when 'ready' then 'running'
                when 'recheck' then 'checking'
                else 'abandoning' end::jobs.stage,
            claim = q.claim + 1,
            attempt = q.attempt + case q.stage when 'recheck' then 0 else 1 end,
            gateway = p_gateway,
            since = now(),
            started_at = coalesce(q.started_at, now()),
            due_at = null,
            woken = false
        from unnest(v_numbers, v_sinces) as p (number, since)
        where q.number = p.number
        returning q.number, q.vtime, q.claim, q.attempt, q.max_attempts, q.stage, p.since, q.started_at,
            q.waiting_since),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who)
        select c.number, c.attempt, 'queued', 'running', p_who
        from claimed c
        where c.stage = 'running')
    select c.number, c.vtime, c.claim, c.attempt, c.max_attempts, c.stage, c.since, c.started_at, c.waiting_since,
        j.id, (select u.id from jobs.job u where u.number = j.parent), j.submitted_at, j.priority, j.kind, j.owner,
        j.title, j.input
    from claimed c
    join jobs.job j on j.number = c.number;
end
$$;
