-- What is known about every stored file, so that lists, archives and checks need not touch the content itself.
create schema if not exists storage;

create table storage.artifact (
    id           uuid primary key,
    group_name   text not null,
    name         text not null,
    media_type   text not null,
    size         bigint not null check (size >= 0),
    sha256       bytea not null check (octet_length(sha256) = 32),
    crc32        bigint not null check (crc32 between 0 and 4294967295),
    -- Four bytes for each block of content; empty where the content fits in one block, whose sum is crc32.
    block_crc32  bytea not null,
    stored_at    timestamptz not null
);

-- Sums do not compress, and without compression they are read in slices.
alter table storage.artifact alter column block_crc32 set storage external;

create index artifact_by_group on storage.artifact (group_name, name, stored_at, id);
