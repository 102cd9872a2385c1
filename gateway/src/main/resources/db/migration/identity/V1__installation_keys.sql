-- Secrets that belong to this installation and must survive a restart, such as the key that hides network addresses.
create schema if not exists identity;

create table identity.installation_key (
    name       text primary key,
    value      bytea not null check (octet_length(value) >= 32),
    created_at timestamptz not null default now()
);
