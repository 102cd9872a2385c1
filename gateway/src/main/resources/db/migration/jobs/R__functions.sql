-- The engine's functions, each once and as it is now. This file runs again whenever its text changes, after the numbered files; those
-- keep what tables they found. One whose parameters change is dropped by a numbered file first.

-- The virtual time at which a newcomer of this kind stands: now, or earlier where the kind lags behind.
create or replace function jobs.virtual_now(p_kind text) returns bigint
    language sql volatile
    set enable_seqscan = off
as $$
    select least(
        (select last_value from jobs.virtual_time),
        (select vtime
         from jobs.queue
         where kind = p_kind and stage in ('ready', 'recheck', 'abandon')
         order by kind, vtime, number
         limit 1));
$$;

-- The virtual start of an owner's next job (start-time fair queueing): behind the owner's own, beside everyone else's.
create or replace function jobs.virtual_start(p_kind text, p_owner text) returns bigint
    language plpgsql volatile
    set enable_seqscan = off
as $$
declare
    v_now bigint := jobs.virtual_now(p_kind);
    v_tail bigint;
begin
    select vtime into v_tail
    from jobs.queue
    where kind = p_kind and owner = p_owner and stage = 'ready' and vtime >= v_now
    order by vtime desc
    limit 1;
    return coalesce(v_tail + 1, v_now);
end
$$;

-- Completes running jobs that nobody asked to end, then claims up to p_want jobs for a gateway, fairest first.
--
-- The first row answers which were completed, as an array; the others are for jobs.finish. Each further row is a claimed job.
-- p_floors says for each kind from which virtual time on to look; it is a hint that a caller drops now and then, because
-- a job may come to stand below it.
create or replace function jobs.turn(
    p_gateway bigint, p_who text, p_done bigint[], p_claims integer[], p_results text[],
    p_kinds text[], p_max_running integer[], p_floors bigint[], p_want integer)
returns table (
    completed bigint[], number bigint, vtime bigint, claim integer, attempt integer, max_attempts integer,
    stage jobs.stage, waited double precision, started_at timestamptz, waiting_since timestamptz, id uuid, parent uuid,
    submitted_at timestamptz, priority smallint, kind text, owner text, title text, input text)
    language plpgsql volatile
    set enable_seqscan = off
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    v_rooms integer[] := p_max_running;
    v_running constant jobs.stage := 'running';
    v_numbers bigint[];
    v_places tid[];
    v_sinces timestamptz[];
    v_vtime bigint;
    v_now bigint;
    v_urgent boolean;
    v_attempt integer;
    v_started timestamptz;
begin
    if cardinality(p_done) = 1 then
        delete from jobs.queue q
        where q.number = p_done[1] and q.claim = p_claims[1] and q.stage = v_running and q.ending is null
        returning q.attempt, q.started_at into v_attempt, v_started;
        if found then
            update jobs.job j
            set state = 'completed', started_at = v_started, ended_at = now(), attempt = v_attempt, fraction = 1,
                result = p_results[1], sentence = null
            where j.number = p_done[1];
            insert into jobs.event (job, attempt, from_state, to_state, who)
            values (p_done[1], v_attempt, 'running', 'completed', p_who);
            completed := p_done;
        end if;
    elsif cardinality(p_done) > 1 then
        with gone as (
            delete from jobs.queue q
            where q.number = any (p_done) and q.claim = p_claims[array_position(p_done, q.number)] and q.stage = v_running and q.ending is null
            returning q.number, q.attempt, q.started_at, p_results[array_position(p_done, q.number)] as result),
        ended as (
            update jobs.job j
            set state = 'completed', started_at = g.started_at, ended_at = now(), attempt = g.attempt, fraction = 1,
                result = g.result, sentence = null
            from gone g
            where j.number = g.number),
        told as (
            insert into jobs.event (job, attempt, from_state, to_state, who)
            select g.number, g.attempt, 'running', 'completed', p_who
            from gone g)
        select array_agg(g.number) into completed from gone g;
    end if;
    return next;
    if p_want = 0 then
        return;
    end if;

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
    select array_agg(p.number), array_agg(p.place), array_agg(p.since), max(p.vtime), (select last_value from jobs.virtual_time),
        exists (select from jobs.queue q where q.stage = 'ready' and q.priority > 0)
    into v_numbers, v_places, v_sinces, v_vtime, v_now, v_urgent
    from (
        select q.number, q.place, q.vtime, q.since
        from unnest(p_kinds, v_rooms, p_floors) as k (kind, room, floor)
        cross join lateral (
            select t.number, t.ctid as place, t.vtime, t.since
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
    if v_vtime > v_now + 8 then
        perform setval('jobs.virtual_time', v_vtime);
    end if;
    if v_urgent then
        -- One by one: two places of an owner must not go to the same urgent job.
        for i in 1 .. cardinality(v_numbers) loop
            v_numbers[i] := jobs.urge(v_numbers[i], v_numbers);
        end loop;
        select array_agg(q.ctid), array_agg(q.since) into v_places, v_sinces
        from jobs.queue q
        where q.number = any (v_numbers);
    end if;

    completed := null;
    if cardinality(v_numbers) = 1 then
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
        where q.ctid = v_places[1]
        returning q.number, q.vtime, q.claim, q.attempt, q.max_attempts, q.stage,
            extract(epoch from now() - v_sinces[1]), q.started_at, q.waiting_since
        into number, vtime, claim, attempt, max_attempts, stage, waited, started_at, waiting_since;
        if stage = 'running' then
            insert into jobs.event (job, attempt, from_state, to_state, who)
            values (v_numbers[1], attempt, 'queued', 'running', p_who);
        end if;
        select j.id, (select u.id from jobs.job u where u.number = j.parent), j.submitted_at, j.priority, j.kind, j.owner,
            j.title, j.input
        into id, parent, submitted_at, priority, kind, owner, title, input
        from jobs.job j
        where j.number = v_numbers[1];
        return next;
        return;
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
        from unnest(v_places, v_sinces) as p (place, since)
        where q.ctid = p.place
        returning q.number, q.vtime, q.claim, q.attempt, q.max_attempts, q.stage,
            extract(epoch from now() - p.since)::double precision as waited, q.started_at, q.waiting_since),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who)
        select c.number, c.attempt, 'queued', 'running', p_who
        from claimed c
        where c.stage = 'running')
    select null::bigint[], c.number, c.vtime, c.claim, c.attempt, c.max_attempts, c.stage, c.waited, c.started_at,
        c.waiting_since, j.id, (select u.id from jobs.job u where u.number = j.parent), j.submitted_at, j.priority, j.kind,
        j.owner, j.title, j.input
    from claimed c
    join jobs.job j on j.number = c.number;
end
$$;

-- Gives the place of an owner's next job to a more urgent job of the same owner and kind, if there is one. The displaced
-- job steps back by one unit of virtual time, so an owner gains nothing over others by urgency. In the queue priorities
-- are even; a displaced job gets the odd one above its own, so that it still goes before its equals.
create or replace function jobs.urge(p_number bigint, p_taken bigint[]) returns bigint
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

-- Ends one run of each handler named. Answers only for those that still held their claim; the others lost it.
-- Moves: a final state, 'delayed' (try again), 'waiting' (park), 'ready' (hand back).
create or replace function jobs.finish(
    p_who text, p_numbers bigint[], p_claims integer[], p_moves text[], p_results text[], p_whys text[],
    p_delays double precision[])
returns table (number bigint, state jobs.state)
    language plpgsql volatile
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    v_at_work constant jobs.stage[] := '{running, checking, abandoning}';
begin
    return query
    with held as materialized (
        select q.number, q.stage, q.attempt, q.started_at, q.woken, q.kind, q.owner, q.why as why_before,
            q.ending_who, q.ending is not null as asked,
            case
                when q.stage = 'abandoning' then null
                when q.ending is not null then q.ending
                when f.move not in ('delayed', 'waiting', 'ready') then f.move::jobs.state
            end as state,
            f.move, f.result, coalesce(q.ending_why, f.why) as why, f.delay
        from unnest(p_numbers, p_claims, p_moves, p_results, p_whys, p_delays)
            as f (number, claim, move, result, why, delay)
        join jobs.queue q on q.number = any (array[f.number])
        where q.claim = f.claim and q.stage = any (v_at_work)
        for update of q),
    gone as (
        delete from jobs.queue q
        using held h
        where q.number = any (array[h.number])
            and (h.state is not null or h.stage = 'abandoning' and h.move not in ('delayed', 'ready'))
        returning q.number),
    forgotten as (
        delete from jobs.progress p
        using held h
        where p.job = any (array[h.number]) and h.state is not null
        returning p.job, p.fraction),
    ended as (
        update jobs.job j
        set state = h.state,
            started_at = h.started_at,
            ended_at = now(),
            attempt = h.attempt,
            fraction = case when h.state = 'completed' then 1 else (select f.fraction from forgotten f where f.job = h.number) end,
            result = case when h.state = 'completed' then h.result end,
            sentence = h.why
        from held h
        where j.number = h.number and h.state is not null),
    kept as (
        update jobs.queue q
        set stage = case
                when h.stage = 'abandoning' then case h.move when 'ready' then 'abandon' else 'abandon_delayed' end
                when h.move = 'waiting' and h.woken then 'recheck'
                when h.stage = 'checking' and h.move = 'ready' then 'recheck'
                else h.move end::jobs.stage,
            gateway = null,
            since = now(),
            attempt = q.attempt - case when h.move = 'ready' and h.stage <> 'checking' then 1 else 0 end,
            due_at = case when h.move <> 'ready' then now() + make_interval(secs => h.delay) end,
            vtime = case
                when h.stage = 'running' and h.move = 'ready' then q.vtime
                else jobs.virtual_now(h.kind) end,
            waiting_since = case
                when h.move = 'waiting' then coalesce(q.waiting_since, now())
                when h.move = 'ready' then q.waiting_since end,
            why = h.why
        from held h
        where q.number = any (array[h.number]) and h.state is null
            and not (h.stage = 'abandoning' and h.move not in ('delayed', 'ready'))),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who, why)
        select h.number, h.attempt,
            case h.stage when 'checking' then 'waiting' else 'running' end::jobs.state,
            coalesce(h.state, case h.move when 'waiting' then 'waiting' else 'queued' end::jobs.state),
            case when h.asked then h.ending_who else p_who end,
            h.why
        from held h
        where h.stage <> 'abandoning'
            -- A look at a parked job that changed nothing is no event.
            and (h.state is not null
                or h.stage = 'running'
                or h.move = 'delayed'
                or h.move = 'waiting' and h.why is distinct from h.why_before))
    select h.number, h.state from held h;
end
$$;

-- Ends jobs that no worker holds. Those that ran before may have left something running elsewhere: they stay in the
-- queue until their handler has looked after it.
create or replace function jobs.end_idle(p_state jobs.state, p_who text, p_why text, p_numbers bigint[])
returns table (number bigint)
    language plpgsql volatile
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    with held as materialized (
        select q.number, q.stage, q.claim, q.attempt, q.started_at, q.kind
        from jobs.queue q
        where q.number = any (p_numbers) and q.stage in ('held', 'ready', 'delayed', 'waiting', 'recheck')
        for update),
    gone as (
        delete from jobs.queue q using held h where q.number = any (array[h.number]) and h.claim = 0),
    kept as (
        update jobs.queue q
        set stage = 'abandon', since = now(), due_at = null, attempt = 0, vtime = jobs.virtual_now(h.kind)
        from held h
        where q.number = any (array[h.number]) and h.claim > 0),
    forgotten as (
        delete from jobs.progress p using held h where p.job = any (array[h.number]) returning p.job, p.fraction),
    ended as (
        update jobs.job j
        set state = p_state, started_at = h.started_at, ended_at = now(), attempt = h.attempt, sentence = p_why,
            fraction = (select f.fraction from forgotten f where f.job = h.number)
        from held h
        where j.number = h.number),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who, why)
        select h.number, h.attempt,
            case when h.stage in ('waiting', 'recheck') then 'waiting' else 'queued' end::jobs.state,
            p_state, p_who, p_why
        from held h)
    select h.number from held h;
end
$$;

-- Moves what is due, a bounded number at a time, to where it can be claimed.
create or replace function jobs.promote(p_now timestamptz, p_limit integer) returns integer
    language sql volatile
    set enable_seqscan = off
as $$
    with due as materialized (
        select number
        from jobs.queue
        where stage in ('delayed', 'waiting', 'abandon_delayed') and due_at <= p_now
        order by due_at
        limit p_limit
        for update skip locked),
    moved as (
        update jobs.queue q
        set stage = case
                when q.stage = 'waiting' then 'recheck'
                when q.stage = 'delayed' then 'ready'
                else 'abandon' end::jobs.stage,
            since = now(),
            due_at = null,
            vtime = jobs.virtual_now(q.kind)
        from due
        where q.number = any (array[due.number])
        returning 1)
    select count(*)::integer from moved;
$$;

-- Lets the next of an owner's held jobs through, as far as the limit allows.
create or replace function jobs.release(p_kind text, p_owner text, p_limit integer) returns integer
    language plpgsql volatile
    set enable_seqscan = off
as $$
declare
    v_room integer;
    v_start bigint;
    v_released integer;
begin
    -- Each statement below sees what was committed before the lock was given.
    perform pg_advisory_xact_lock(hashtextextended('jobs.lane ' || p_kind || ' ' || p_owner, 0));
    select p_limit - count(*) into v_room
    from jobs.queue
    where limited and kind = p_kind and owner = p_owner
        and stage in ('ready', 'delayed', 'running', 'waiting', 'recheck', 'checking');
    if v_room <= 0 then
        return 0;
    end if;
    v_start := jobs.virtual_start(p_kind, p_owner);
    with next as (
        select number, row_number() over (order by priority desc, number) - 1 as place
        from (
            select number, priority
            from jobs.queue
            where limited and kind = p_kind and owner = p_owner and stage = 'held'
            order by priority desc, number
            limit v_room
            for update) h)
    update jobs.queue q
    set stage = 'ready', vtime = v_start + next.place
    from next
    where q.number = any (array[next.number]);
    get diagnostics v_released = row_count;
    return v_released;
end
$$;

-- Takes jobs from gateways that are gone. Those asked to end, or out of attempts, end; the others are queued again.
create or replace function jobs.recover(p_who text)
returns table (number bigint, state jobs.state)
    language plpgsql volatile
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    with lost as materialized (
        select q.number, q.stage, q.attempt, q.started_at, q.kind, q.ending is not null as asked,
            q.ending_who, coalesce(q.ending_why, 'The gateway that ran it was lost') as why,
            case
                when q.stage = 'abandoning' then null
                when q.ending is not null then q.ending
                when q.attempt >= q.max_attempts then 'failed'
            end::jobs.state as state
        from jobs.queue q
        where q.stage in ('running', 'checking', 'abandoning')
            and not exists (select from jobs.gateway g where g.number = q.gateway)
        for update skip locked),
    moved as (
        update jobs.queue q
        set stage = case when l.state is not null or l.stage = 'abandoning' then 'abandon' else 'ready' end::jobs.stage,
            gateway = null, since = now(), waiting_since = null, vtime = jobs.virtual_now(l.kind), why = l.why,
            attempt = case when l.state is not null then 0 else q.attempt end
        from lost l
        where q.number = any (array[l.number])),
    forgotten as (
        delete from jobs.progress p using lost l where p.job = any (array[l.number]) and l.state is not null
        returning p.job, p.fraction),
    ended as (
        update jobs.job j
        set state = l.state, started_at = l.started_at, ended_at = now(), attempt = l.attempt, sentence = l.why,
            fraction = (select f.fraction from forgotten f where f.job = l.number)
        from lost l
        where j.number = l.number and l.state is not null),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who, why)
        select l.number, l.attempt,
            case l.stage when 'checking' then 'waiting' else 'running' end::jobs.state,
            coalesce(l.state, 'queued'),
            case when l.asked then l.ending_who else p_who end,
            l.why
        from lost l
        where l.stage <> 'abandoning')
    select l.number, l.state from lost l;
end
$$;

-- How a fan-out stands: its units that have not ended, and whether it can be closed.
create or replace function jobs.units_left(p_parent bigint) returns bigint
    language sql stable
    set enable_seqscan = off
as $$
    select count(*) from jobs.unit where fan_out = p_parent;
$$;

-- Completes a fan-out whose units have all ended. The counts of their states are its result.
create or replace function jobs.close_fan_out(p_number bigint, p_who text) returns boolean
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
create or replace function jobs.redrive(p_parent bigint, p_who text, p_limited text[]) returns integer
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
