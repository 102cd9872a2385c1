-- People: how they prove who they are, what was decided about them, what they may do, and a record of it all.
create table identity.account (
    id                uuid primary key,
    name              text not null check (length(name) between 1 and 200),
    email             text check (length(email) <= 254),
    email_verified_at timestamptz,
    -- True where the person signs in with this address and a password of ours.
    local             boolean not null,
    -- Encoded Argon2id with its parameters and salt; set only after the address was verified.
    password          text,
    standing          text not null check (standing in
                          ('REGISTERED', 'VERIFIED', 'COMPLETE', 'PENDING', 'APPROVED', 'REJECTED', 'ARCHIVED')),
    -- What columns ask for beyond the name, by field key.
    fields            jsonb not null default '{}',
    created_at        timestamptz not null default now(),
    last_sign_in_at   timestamptz
);
-- Only local accounts are found by address. An account of a provider may have the same address and stays another account.
create unique index account_local_address on identity.account (lower(email)) where local;
create index account_by_age on identity.account (created_at desc, id desc);
create index account_by_standing on identity.account (standing, created_at desc, id desc);

create table identity.standing_change (
    sequence bigint generated always as identity primary key,
    account  uuid not null references identity.account on delete cascade,
    at       timestamptz not null default now(),
    who      text not null,
    before   text,
    after    text not null,
    why      text
);
create index standing_change_by_account on identity.standing_change (account, sequence);

create table identity.external_identity (
    issuer       text not null,
    subject      text not null,
    account      uuid not null references identity.account on delete cascade,
    email        text,
    linked_at    timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    primary key (issuer, subject)
);
create index external_identity_by_account on identity.external_identity (account);

create table identity.role_grant (
    account    uuid not null references identity.account on delete cascade,
    role       text not null,
    -- 'administrator', or 'provider:<key>' for what a provider's group claim brings and takes away again.
    source     text not null,
    granted_by text not null,
    granted_at timestamptz not null default now(),
    primary key (account, role, source)
);
create index role_grant_by_role on identity.role_grant (role);

-- Links sent by mail. Only the digest of the secret is kept.
create table identity.one_time_link (
    digest     text primary key,
    purpose    text not null,
    account    uuid references identity.account on delete cascade,
    detail     text,
    expires_at timestamptz not null
);
create index one_time_link_by_account on identity.one_time_link (account, purpose);

create table identity.session (
    digest       text primary key,
    id           uuid not null unique,
    account      uuid not null references identity.account on delete cascade,
    method       text not null,
    address      text not null,
    agent        text not null,
    -- The provider's ID token, encrypted; needed to sign out there.
    id_token     bytea,
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at   timestamptz not null
);
create index session_by_account on identity.session (account, last_seen_at desc);
create index session_by_expiry on identity.session (expires_at);

create table identity.throttle (
    key           text primary key,
    attempts      int not null,
    last_at       timestamptz not null,
    blocked_until timestamptz not null
);

create table identity.audit_entry (
    sequence bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    who      text not null,
    who_name text not null,
    address  text not null,
    action   text not null,
    target   text not null,
    outcome  text not null check (outcome in ('DONE', 'REFUSED', 'FAILED')),
    detail   text not null
);
create index audit_entry_by_who on identity.audit_entry (who, sequence desc);
create index audit_entry_by_action on identity.audit_entry (action, sequence desc);
create index audit_entry_by_time on identity.audit_entry (at);

create function identity.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit log is append-only';
end $$;

create trigger audit_entry_is_append_only before update or delete on identity.audit_entry
    for each row execute function identity.refuse_change();
create trigger audit_entry_is_not_emptied before truncate on identity.audit_entry
    for each statement execute function identity.refuse_change();
