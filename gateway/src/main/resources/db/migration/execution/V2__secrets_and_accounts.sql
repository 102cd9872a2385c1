-- Keys for clusters, encrypted with a key of the operator that is not in this database, and accounts that users brought.
create table execution.secret (
    name        text primary key,
    -- Which of the operator's keys: the beginning of its SHA-256.
    key         text not null,
    -- Nonce, then AES-256-GCM with the name as associated data.
    content     bytea not null,
    changed_at  timestamptz not null
);

create table execution.account (
    id          uuid primary key,
    owner       text not null,
    cluster     text not null,
    login       text not null,
    root        text not null,
    public_key  text not null,
    added_at    timestamptz not null default now(),
    unique (owner, cluster)
);
