-- Who waits for a place and who is there, so that its capacity holds over all gateways and restarts, and the order is fair.
create schema if not exists execution;

create table execution.stay (
    place        text not null,
    job          uuid not null,
    owner        text not null,
    cores        integer not null check (cores > 0),
    asked_at     timestamptz not null default now(),
    -- Whoever does not ask again for some minutes was cancelled, or its gateway is down: nobody waits behind it.
    seen_at      timestamptz not null default now(),
    admitted_at  timestamptz,
    left_at      timestamptz,
    -- What it used there, where the place keeps account.
    usage        jsonb,
    primary key (place, job)
);

-- Those who are there or wait: few, whatever the history.
create index stay_open on execution.stay (place) where left_at is null;
create index stay_left on execution.stay (place, left_at) where left_at is not null;
