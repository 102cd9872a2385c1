-- A golden JSON file must be made again in the way in which it was asked for, also where a run has several datasets.
alter table certification.golden_json
    add column several text not null default 'union' check (several in ('refuse', 'union', 'intersection'));
