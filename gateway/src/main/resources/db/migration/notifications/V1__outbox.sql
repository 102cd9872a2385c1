-- Messages wait here until they are delivered, so that a failing mail server delays a message and never loses it.
create schema if not exists notifications;

create table notifications.message (
    id              uuid primary key,
    kind            text not null check (kind in ('mail', 'slack')),
    recipient       text not null,
    subject         text not null,
    body            text not null,
    link            text,
    actions         jsonb not null,
    state           text not null check (state in ('waiting', 'sent', 'kept', 'failed')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    last_error      text,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz
);

create index message_by_age on notifications.message (created_at desc, id desc);

-- The senders' question; it stays small, because it holds only what is still to be sent.
create index message_due on notifications.message (kind, next_attempt_at) where state = 'waiting';
