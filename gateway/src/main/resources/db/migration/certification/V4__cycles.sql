-- Batches of datasets that are certified together; every change of one is an event, like everything else.
create table certification.cycle_event (
    event   bigint primary key,
    version bigint not null references certification.version,
    cycle   integer not null,
    content json not null
);

create index cycle_event_by_cycle on certification.cycle_event (cycle, event);
