-- Databases that people bring, each for its owner alone. The file is an artifact of the group supcrt-database:<id>.
create table calculators.own_database (
    id         uuid primary key,
    owner      text not null,
    name       text not null,
    species    integer not null,
    created_at timestamptz not null default now(),
    used_at    timestamptz not null default now(),
    unique (owner, name)
);

create index own_database_by_use on calculators.own_database (used_at);

-- Runs of the original program's files. Their files are artifacts of the group supcrt-run:<id>.
create table calculators.file_run (
    id         uuid primary key,
    owner      text not null,
    name       text not null,
    created_at timestamptz not null default now()
);

create index file_run_by_owner on calculators.file_run (owner, created_at desc, id desc);
create index file_run_by_age on calculators.file_run (created_at);
