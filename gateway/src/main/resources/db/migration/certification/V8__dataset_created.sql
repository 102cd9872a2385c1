-- Tables tell when a dataset was made: the time of its first event.
create function certification.dataset_created(run integer, dataset text) returns timestamptz stable language sql as $$
    select v.at
    from certification.dataset_event e
    join certification.version v using (version)
    where e.run_number = run and e.name = dataset
    order by e.event
    limit 1
$$;

alter table certification.dataset add column created timestamptz;

update certification.dataset set created = certification.dataset_created(run_number, name);
