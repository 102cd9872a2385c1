-- Urgent jobs go before their owner's other jobs, fan-outs end with their units, and history tells when a job may start.

-- Gives the place of an owner's next job to a more urgent job of the same owner and kind, if there is one. The displaced
-- job steps back by one unit of virtual time, so an owner gains nothing over others by urgency. In the queue priorities
-- are even; a displaced job gets the odd one above its own, so that it still goes before its equals.
update jobs.queue set priority = priority * 2;

create function jobs.urge(p_number bigint, p_taken bigint[]) returns bigint
    language plpgsql volatile
    set enable_seqscan = off
as $$
declare
    v_slot jobs.queue;
    v_urgent bigint;
begin
    select * into v_slot from jobs.queue where number = p_number;
    if v_slot.stage <> 'ready' then
        return p_number;
    end if;
    select number into v_urgent
    from jobs.queue
    where stage = 'ready' and priority > 0 and kind = v_slot.kind and owner = v_slot.owner
        and priority > v_slot.priority and number <> all (p_taken)
    order by kind, owner, priority desc, number
    limit 1
    for update skip locked;
    if v_urgent is null then
        return p_number;
    end if;
    update jobs.queue set vtime = v_slot.vtime where number = v_urgent;
    update jobs.queue set vtime = v_slot.vtime + 1, priority = v_slot.priority | 1::smallint where number = p_number;
    return v_urgent;
end
$$;

create or replace function jobs.claim(
    p_gateway bigint, p_who text, p_kinds text[], p_max_running integer[], p_want integer)
returns table (
    number bigint, claim integer, attempt integer, max_attempts integer, stage jobs.stage,
    since timestamptz, started_at timestamptz, waiting_since timestamptz, id uuid, parent uuid,
    submitted_at timestamptz, priority smallint, kind text, owner text, title text, input text)
    language plpgsql volatile
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    v_rooms integer[] := p_max_running;
    v_numbers bigint[];
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
    select array_agg(p.number), max(p.vtime) into v_numbers, v_vtime
    from (
        select q.number, q.vtime
        from unnest(p_kinds, v_rooms) as k (kind, room)
        cross join lateral (
            select t.number, t.vtime
            from jobs.queue t
            where t.kind = k.kind and t.stage in ('ready', 'recheck', 'abandon')
            order by t.kind, t.vtime, t.number
            limit k.room
            for update skip locked) q
        order by q.vtime, q.number
        limit p_want) p;
    if v_numbers is null then
        return;
    end if;
    if v_vtime > (select last_value from jobs.virtual_time) then
        perform setval('jobs.virtual_time', v_vtime);
    end if;
    if exists (select from jobs.queue q where q.stage = 'ready' and q.priority > 0) then
        -- One by one: two places of an owner must not go to the same urgent job.
        for i in 1 .. cardinality(v_numbers) loop
            v_numbers[i] := jobs.urge(v_numbers[i], v_numbers);
        end loop;
    end if;
    return query
    with picked as materialized (
        select q.number, q.since
        from unnest(v_numbers) as n (number)
        join jobs.queue q on q.number = n.number),
    claimed as (
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
        from picked p
        where q.number = p.number
        returning q.number, q.claim, q.attempt, q.max_attempts, q.stage, p.since, q.started_at, q.waiting_since),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who)
        select c.number, c.attempt, 'queued', 'running', p_who
        from claimed c
        where c.stage = 'running')
    select c.number, c.claim, c.attempt, c.max_attempts, c.stage, c.since, c.started_at, c.waiting_since,
        j.id, (select u.id from jobs.job u where u.number = j.parent), j.submitted_at, j.priority, j.kind, j.owner,
        j.title, j.input
    from claimed c
    join jobs.job j on j.number = c.number;
end
$$;

-- How a fan-out stands: its units that have not ended, and whether it can be closed.
create function jobs.units_left(p_parent bigint) returns bigint
    language sql stable
    set enable_seqscan = off
as $$
    -- A unit that ended may stay in the queue until its handler has cleaned up.
    select count(*) from jobs.queue where parent = p_parent and stage not in ('abandon', 'abandoning', 'abandon_delayed');
$$;

-- Completes a fan-out whose units have all ended. The counts of their states are its result.
create function jobs.close_fan_out(p_number bigint, p_who text) returns boolean
    language plpgsql volatile
as $$
declare
    v_counts jsonb;
    v_parent jobs.queue;
begin
    select * into v_parent from jobs.queue where number = p_number and stage = 'waiting' for update;
    if not found or jobs.units_left(p_number) > 0 then
        return false;
    end if;
    select jsonb_build_object(
            'units', count(*),
            'completed', count(*) filter (where state = 'completed'),
            'failed', count(*) filter (where state = 'failed'),
            'timedOut', count(*) filter (where state = 'timed_out'),
            'cancelled', count(*) filter (where state = 'cancelled'))
        into v_counts
    from jobs.job
    where parent = p_number;
    delete from jobs.queue where number = p_number;
    delete from jobs.progress where job = p_number;
    update jobs.job
    set state = 'completed', started_at = v_parent.started_at, ended_at = now(), attempt = 1, fraction = 1,
        result = v_counts::text, sentence = null
    where number = p_number;
    insert into jobs.event (job, attempt, from_state, to_state, who)
    values (p_number, 1, 'waiting', 'completed', p_who);
    return true;
end
$$;

-- Queues again the units of a fan-out that failed or timed out, and reopens the fan-out if it had ended.
create function jobs.redrive(p_parent bigint, p_who text, p_limited text[]) returns integer
    language plpgsql volatile
as $$
declare
    v_count integer;
begin
    -- One at a time, and not while the fan-out is being closed.
    perform from jobs.job where number = p_parent for update;
    with again as (
        update jobs.job j
        set state = null, ended_at = null, fraction = null, sentence = null, result = null
        where j.parent = p_parent and j.state in ('failed', 'timed_out')
            and not exists (select from jobs.queue q where q.number = j.number)
        returning j.number, j.kind, j.owner, j.priority, j.max_attempts, j.deadline_seconds, j.attempt),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who, why)
        select a.number, a.attempt, e.to_state, 'queued', p_who, 'Tried again'
        from again a
        cross join lateral (
            select to_state from jobs.event where job = a.number order by sequence desc limit 1) e),
    queued as (
        insert into jobs.queue (number, vtime, deadline_at, max_attempts, stage, priority, limited, kind, owner, parent)
        select number, jobs.virtual_start(kind, owner) + row_number() over (order by number) - 1,
            now() + make_interval(secs => deadline_seconds), max_attempts,
            case when kind = any (p_limited) then 'held' else 'ready' end::jobs.stage, priority * 2,
            kind = any (p_limited), kind, owner, p_parent
        from again
        returning 1)
    select count(*) into v_count from queued;
    if v_count > 0 and not exists (select from jobs.queue where number = p_parent) then
        insert into jobs.queue (number, vtime, deadline_at, max_attempts, stage, priority, limited, kind, owner,
            started_at, waiting_since, why, attempt)
        select number, 0, now() + make_interval(secs => deadline_seconds), 1, 'waiting', priority, false, kind, owner,
            started_at, now(), 'Waiting for its units', 1
        from jobs.job
        where number = p_parent;
        insert into jobs.event (job, attempt, from_state, to_state, who, why)
        select number, attempt, state, 'waiting', p_who, 'Failed units are tried again'
        from jobs.job
        where number = p_parent;
        update jobs.job
        set state = null, ended_at = null, fraction = null, result = null, sentence = null
        where number = p_parent;
    end if;
    return v_count;
end
$$;

-- What ran, per kind and minute; each gateway writes a row of its own. Expected starts are computed from it.
create table jobs.history (
    minute   timestamptz not null,
    kind     text not null,
    gateway  bigint not null,
    ended    integer not null,
    seconds  double precision not null,
    primary key (kind, minute, gateway)
);
