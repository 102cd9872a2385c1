-- The certification of data must be answerable for ever: every change is an event that is only ever added, and what
-- pages show is folded from the events in the transaction that adds them.
create schema if not exists certification;

-- One action of somebody: who, when, why. Numbers rise in the order of commits, because one lock is held while writing.
create table certification.version (
    version bigint primary key,
    author  text not null,
    comment text not null,
    at      timestamptz not null
);

create index version_by_time on certification.version (at);

create sequence certification.version_number;
create sequence certification.event_number;

create table certification.run_event (
    event      bigint primary key,
    version    bigint not null references certification.version,
    run_number integer not null,
    oms        json not null,
    rr         json not null,
    manual     boolean not null,
    -- Earlier manual values of what a refresh computes no longer count.
    reset      boolean not null,
    deleted    boolean not null
);

create index run_event_by_run on certification.run_event (run_number, event);
create index run_event_by_version on certification.run_event (version);

create table certification.dataset_event (
    event      bigint primary key,
    version    bigint not null references certification.version,
    run_number integer not null,
    name       text not null,
    attributes json not null,
    in_gui     json not null,
    deleted    boolean not null
);

create index dataset_event_by_dataset on certification.dataset_event (run_number, name, event);
create index dataset_event_by_version on certification.dataset_event (version);

-- What one action says about the lumisections of one dataset, as spans per key. It counts as so many elementary events
-- as it has stretches; their numbers begin with "event".
create table certification.lumisection_event (
    event      bigint primary key,
    version    bigint not null references certification.version,
    run_number integer not null,
    name       text not null,
    family     text not null check (family in ('rr', 'oms')),
    lanes      json not null,
    manual     boolean not null
);

create index lumisection_event_by_dataset on certification.lumisection_event (run_number, name, family, event);
create index lumisection_event_by_version on certification.lumisection_event (version);

-- The events of a revoked version no longer count, from the revoking version on. Revoking a revocation reinstates.
create table certification.revocation (
    version bigint primary key references certification.version,
    revoked bigint not null references certification.version,
    check (revoked < version)
);

create index revocation_by_revoked on certification.revocation (revoked);

-- Projections: rebuilt from the events by "replay", equal in every byte.
create table certification.run (
    run_number  integer primary key,
    oms         jsonb not null,
    rr          jsonb not null,
    version     bigint not null,
    deleted     boolean not null,
    class       text generated always as (rr ->> 'class') stored,
    state       text generated always as (rr ->> 'state') stored,
    significant boolean generated always as ((rr -> 'significant') = 'true') stored,
    last_update text generated always as (oms ->> 'last_update') stored
);

create index run_listed on certification.run (run_number) where not deleted;
create index run_by_class on certification.run (class, run_number) where not deleted;
create index run_by_state on certification.run (state, run_number) where not deleted;
create index run_significant on certification.run (run_number) where significant and not deleted;
create index run_by_last_update on certification.run (last_update);

create table certification.dataset (
    run_number     integer not null,
    name           text not null,
    attributes     jsonb not null,
    in_gui         jsonb not null,
    version        bigint not null,
    deleted        boolean not null,
    -- The highest lumisection with a verdict.
    lumisections   integer not null,
    rr             json not null,
    oms            json not null,
    triplet_summary jsonb not null,
    dcs_summary    jsonb not null,
    recorded       double precision not null,
    delivered      double precision not null,
    primary key (run_number, name)
);

create index dataset_listed on certification.dataset (run_number desc, name) where not deleted;
create index dataset_by_name on certification.dataset (name, run_number) where not deleted;
create index dataset_attributes on certification.dataset using gin (attributes jsonb_path_ops);
create index dataset_summary on certification.dataset using gin (triplet_summary jsonb_path_ops);

-- Workspaces, components, rules and rights, whole, for each version that changed them.
create table certification.configuration (
    version  bigint primary key references certification.version,
    document json not null
);
