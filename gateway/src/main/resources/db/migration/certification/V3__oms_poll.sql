-- Of several gateways one asks the monitoring system, and goes on where the last one stopped.
create table certification.oms_poll (
    singleton   boolean primary key default true check (singleton),
    -- The latest change that was taken over, as the monitoring system writes its times.
    high_water  text not null,
    lease_until timestamptz not null,
    asked_at    timestamptz,
    failure     text
);

insert into certification.oms_poll (high_water, lease_until) values ('', '-infinity');
