-- A golden JSON file is published under a number and quoted in papers: what was asked, as of which version, and what came out.
create table certification.golden_json (
    id           integer primary key generated always as identity,
    job          uuid,
    owner        text not null,
    created_by   text not null,
    official     boolean not null,
    tags         text not null,
    dataset_name_filter text not null,
    rule         json not null,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    -- Set once it is computed.
    version      bigint,
    digest       text,
    record       json,
    deleted      boolean not null default false
);

create index golden_json_by_owner on certification.golden_json (owner, id);
