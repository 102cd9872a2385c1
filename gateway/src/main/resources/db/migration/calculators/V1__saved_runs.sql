-- A person keeps the addresses of computations under a name of their own; the numbers follow from the address.
create schema if not exists calculators;

create table calculators.saved_run (
    id         uuid primary key,
    owner      text not null,
    calculator text not null,
    name       text not null,
    query      text not null,
    created_at timestamptz not null default now()
);

create index saved_run_by_owner on calculators.saved_run (owner, created_at desc, id desc);
