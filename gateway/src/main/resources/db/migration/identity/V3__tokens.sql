-- Credentials for scripts: personal tokens, and long-lived refresh tokens that buy short-lived signed access tokens.
create table identity.personal_token (
    id           uuid primary key,
    account      uuid not null references identity.account on delete cascade,
    digest       text not null unique,
    name         text not null check (length(name) between 1 and 100),
    scopes       text[] not null,
    -- The last four characters, by which its owner tells tokens apart.
    ending       text not null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index personal_token_by_account on identity.personal_token (account, created_at desc);

-- One per account; a new one replaces it, so that the old one is worthless at once.
create table identity.refresh_token (
    account      uuid primary key references identity.account on delete cascade,
    jti          text not null unique,
    ending       text not null,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz
);

-- Keys that sign access tokens. A retired key signs nothing more, but still verifies.
create table identity.signing_key (
    kid        text primary key,
    -- The key pair as a JSON Web Key, encrypted with a key of the installation.
    sealed     bytea not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz
);
