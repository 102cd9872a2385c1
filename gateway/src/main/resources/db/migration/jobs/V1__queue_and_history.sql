-- Durable work: what was asked and how it ended (job), where unfinished work stands (queue), who works (gateway), and
-- what happened (event, log). Only unfinished work is in the queue, so finished jobs cost a claim nothing.
create schema if not exists jobs;

create type jobs.state as enum ('queued', 'running', 'waiting', 'completed', 'failed', 'timed_out', 'cancelled');

-- Where an unfinished job stands; finer than its state.
create type jobs.stage as enum (
    'held',        -- queued: its owner has as many jobs under way as may be
    'ready',       -- queued: may be claimed
    'delayed',     -- queued: tried, and tried again when due
    'running',     -- running
    'waiting',     -- waiting: parked until due or woken
    'recheck',     -- waiting: its handler is to be called again
    'checking',    -- waiting: its handler is being called
    'abandon',     -- ended, but its handler still has to end what runs elsewhere
    'abandoning',  -- ended, and its handler is doing so
    'abandon_delayed' -- ended, and that failed: it is tried again when due
);

create table jobs.job (
    number           bigint generated always as identity primary key,
    id               uuid not null unique,
    parent           bigint,
    submitted_at     timestamptz not null default now(),
    started_at       timestamptz,
    ended_at         timestamptz,
    deadline_seconds double precision not null,
    fraction         double precision,
    attempt          integer not null default 0,
    max_attempts     integer not null,
    units            integer,           -- of a fan-out; null for an ordinary job
    priority         smallint not null,
    state            jobs.state,        -- null until the job ended: the queue knows
    kind             text not null,
    owner            text not null,
    title            text not null,
    idempotency_key  text,
    sentence         text,
    input            text not null,
    result           text
) with (
    -- Room for the one update when the job ends, which then touches no index.
    fillfactor = 80,
    -- Long inputs and results go beside the row.
    toast_tuple_target = 512,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.1
);
-- Lists show what a person submitted, not each unit of a fan-out.
create index job_by_owner on jobs.job (owner, number) where parent is null;
create index job_by_parent on jobs.job (parent, number) where parent is not null;
create unique index job_by_key on jobs.job (owner, kind, idempotency_key) where idempotency_key is not null;

-- No foreign keys: a row is made and ended together with its job by the functions below, a million times a day.
create table jobs.queue (
    number        bigint primary key,
    vtime         bigint not null,
    parent        bigint,
    since         timestamptz not null default now(),   -- in this stage
    started_at    timestamptz,
    waiting_since timestamptz,
    due_at        timestamptz,
    deadline_at   timestamptz not null,
    gateway       bigint,
    claim         integer not null default 0,           -- fences: grows with every claim
    attempt       integer not null default 0,
    max_attempts  integer not null,
    stage         jobs.stage not null,
    ending        jobs.state,                           -- asked to end so
    priority      smallint not null,
    limited       boolean not null,                     -- its kind limits an owner
    woken         boolean not null default false,
    kind          text not null,
    owner         text not null,
    why           text,                                 -- it waits, or is tried again
    ending_who    text,
    ending_why    text
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_analyze_scale_factor = 0.05,
    autovacuum_vacuum_cost_delay = 0
);
-- The order in which jobs are claimed.
create index queue_in_turn on jobs.queue (kind, vtime, number) where stage in ('ready', 'recheck', 'abandon');
-- Where an owner's next job stands.
create index queue_tail on jobs.queue (kind, owner, vtime) where stage = 'ready';
create index queue_urgent on jobs.queue (kind, owner, priority desc, number) where stage = 'ready' and priority > 0;
create index queue_at_work on jobs.queue (gateway, kind) where stage in ('running', 'checking', 'abandoning');
create index queue_due on jobs.queue (due_at) where stage in ('delayed', 'waiting', 'abandon_delayed');
create index queue_lane on jobs.queue (kind, owner, stage, priority desc, number) where limited;
create index queue_by_parent on jobs.queue (parent) where parent is not null;

-- One lease per gateway process, not per job: a heartbeat rewrites one narrow row and no index.
create table jobs.gateway (
    number     bigint generated always as identity primary key,
    started_at timestamptz not null default now(),
    seen_at    timestamptz not null default now(),
    expires_at timestamptz not null,
    workers    integer not null,
    name       text not null
) with (fillfactor = 50);

create table jobs.progress (
    job      bigint primary key,
    at       timestamptz not null,
    fraction double precision,
    sentence text
) with (fillfactor = 50);

-- What must survive a restart, such as the id under which a cluster knows the job.
create table jobs.record (
    job   bigint not null,
    name  text not null,
    value text not null,
    primary key (job, name)
);

create table jobs.event (
    sequence   bigint generated always as identity,
    job        bigint not null,
    at         timestamptz not null default now(),
    attempt    integer not null,
    from_state jobs.state,
    to_state   jobs.state not null,
    who        text not null,
    why        text,
    primary key (job, sequence)
);

create table jobs.log (
    sequence bigint generated always as identity,
    job      bigint not null,
    at       timestamptz not null,
    attempt  integer not null,
    text     text not null,
    primary key (job, sequence)
);

-- How far claims have come in virtual time. A sequence, because it is moved without a lock that lasts until commit.
create sequence jobs.virtual_time minvalue 0 start 0;

-- The virtual time at which a newcomer of this kind stands: now, or earlier where the kind lags behind.
create function jobs.virtual_now(p_kind text) returns bigint
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
create function jobs.virtual_start(p_kind text, p_owner text) returns bigint
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

-- Claims up to p_want jobs for a gateway, fairest first. The settings make every plan walk an index, also one that was
-- made while the table was empty.
create function jobs.claim(
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
    return query
    with picked as materialized (
        select q.number, q.vtime, q.stage, q.since
        from unnest(p_kinds, v_rooms) as k (kind, room)
        cross join lateral (
            select t.number, t.vtime, t.stage, t.since
            from jobs.queue t
            where t.kind = k.kind and t.stage in ('ready', 'recheck', 'abandon')
            order by t.kind, t.vtime, t.number
            limit k.room
            for update skip locked) q
        order by q.vtime, q.number
        limit p_want),
    moved as (
        select setval('jobs.virtual_time', max(vtime))
        from picked
        having max(vtime) > (select last_value from jobs.virtual_time)),
    claimed as (
        update jobs.queue q
        set stage = case p.stage
                when 'ready' then 'running'
                when 'recheck' then 'checking'
                else 'abandoning' end::jobs.stage,
            claim = q.claim + 1,
            attempt = q.attempt + case p.stage when 'recheck' then 0 else 1 end,
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
    join jobs.job j on j.number = c.number
    left join moved on true;
end
$$;

-- Ends one run of each handler named. Answers only for those that still held their claim; the others lost it.
-- Moves: a final state, 'delayed' (try again), 'waiting' (park), 'ready' (hand back).
create function jobs.finish(
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
        join jobs.queue q on q.number = f.number
        where q.claim = f.claim and q.stage in ('running', 'checking', 'abandoning')
        for update of q),
    gone as (
        delete from jobs.queue q
        using held h
        where q.number = h.number
            and (h.state is not null or h.stage = 'abandoning' and h.move not in ('delayed', 'ready'))
        returning q.number),
    forgotten as (
        delete from jobs.progress p
        using held h
        where p.job = h.number and h.state is not null
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
        where q.number = h.number and h.state is null
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
create function jobs.end_idle(p_state jobs.state, p_who text, p_why text, p_numbers bigint[])
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
        delete from jobs.queue q using held h where q.number = h.number and h.claim = 0),
    kept as (
        update jobs.queue q
        set stage = 'abandon', since = now(), due_at = null, attempt = 0, vtime = jobs.virtual_now(h.kind)
        from held h
        where q.number = h.number and h.claim > 0),
    forgotten as (
        delete from jobs.progress p using held h where p.job = h.number returning p.job, p.fraction),
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
create function jobs.promote(p_now timestamptz, p_limit integer) returns integer
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
        where q.number = due.number
        returning 1)
    select count(*)::integer from moved;
$$;

-- Lets the next of an owner's held jobs through, as far as the limit allows.
create function jobs.release(p_kind text, p_owner text, p_limit integer) returns integer
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
    where q.number = next.number;
    get diagnostics v_released = row_count;
    return v_released;
end
$$;

-- Takes jobs from gateways that are gone. Those asked to end, or out of attempts, end; the others are queued again.
create function jobs.recover(p_who text)
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
        where q.number = l.number),
    forgotten as (
        delete from jobs.progress p using lost l where p.job = l.number and l.state is not null
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
