-- Of several gateways one asks the quality monitor which datasets it shows.
create table certification.quality_poll (
    singleton   boolean primary key default true check (singleton),
    lease_until timestamptz not null,
    asked_at    timestamptz,
    failure     text
);

insert into certification.quality_poll (lease_until) values ('-infinity');
