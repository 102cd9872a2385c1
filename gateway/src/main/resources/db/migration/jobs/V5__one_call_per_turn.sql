-- Ending one job and claiming the next is one call of one function. Where it is about a single job, plain statements do: the
-- set-based ones cost several times as much to start as the work takes.
drop function jobs.claim(bigint, text, text[], integer[], bigint[], integer);
drop function jobs.complete(text, bigint[], integer[], text[]);

-- Completes running jobs that nobody asked to end, then claims up to p_want jobs for a gateway, fairest first.
--
-- The first row answers which were completed, as an array; the others are for jobs.finish. Each further row is a claimed job.
-- p_floors says for each kind from which virtual time on to look; it is a hint that a caller drops now and then, because
-- a job may come to stand below it. The settings make every plan walk an index, also one that was made while the table was empty.
create function jobs.turn(
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
    v_numbers bigint[];
    v_sinces timestamptz[];
    v_vtime bigint;
    v_now bigint;
    v_urgent boolean;
    v_attempt integer;
    v_started timestamptz;
begin
    if cardinality(p_done) = 1 then
        delete from jobs.queue q
        where q.number = p_done[1] and q.claim = p_claims[1] and q.stage = 'running' and q.ending is null
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
            using unnest(p_done, p_claims, p_results) as f (number, claim, result)
            where q.number = f.number and q.claim = f.claim and q.stage = 'running' and q.ending is null
            returning q.number, q.attempt, q.started_at, f.result),
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
    select array_agg(p.number), array_agg(p.since), max(p.vtime), (select last_value from jobs.virtual_time),
        exists (select from jobs.queue q where q.stage = 'ready' and q.priority > 0)
    into v_numbers, v_sinces, v_vtime, v_now, v_urgent
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
    if v_vtime > v_now + 8 then
        perform setval('jobs.virtual_time', v_vtime);
    end if;
    if v_urgent then
        -- One by one: two places of an owner must not go to the same urgent job.
        for i in 1 .. cardinality(v_numbers) loop
            v_numbers[i] := jobs.urge(v_numbers[i], v_numbers);
        end loop;
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
        where q.number = v_numbers[1]
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
        from unnest(v_numbers, v_sinces) as p (number, since)
        where q.number = p.number
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
