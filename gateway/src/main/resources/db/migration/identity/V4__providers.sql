-- OpenID Connect providers, so that one can be added or switched off without a restart.
create table identity.provider (
    key           text primary key check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    title         text not null,
    issuer        text not null,
    client_id     text not null,
    -- Encrypted with a key of the installation; null for a public client.
    client_secret bytea,
    scopes        text[] not null,
    groups_claim  text,
    -- 'group=role'
    roles         text[] not null default '{}',
    domains       text[] not null default '{}',
    entity_ids    text[] not null default '{}',
    enabled       boolean not null default true,
    updated_at    timestamptz not null default now()
);
